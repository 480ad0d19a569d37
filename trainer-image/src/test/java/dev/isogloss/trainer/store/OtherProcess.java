package dev.isogloss.trainer.store;

import dev.isogloss.plan.step.StepKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A second process on a store. It does what its first argument says, prints a line, and waits for one before it goes
/// on: the test decides who is where.
public final class OtherProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;

    private OtherProcess(Process process) {
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    public static OtherProcess on(Path root, String script, StepKey key) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new OtherProcess(new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        classPath,
                        OtherProcess.class.getName(),
                        script,
                        root.toString(),
                        key.hex())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /// The next line that the process prints.
    public String says() throws IOException {
        return String.valueOf(answers.readLine());
    }

    void goOn() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /// SIGKILL: nothing in the process runs after this.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    public static void main(String... arguments) throws IOException {
        Store store = Store.open(Path.of(arguments[1]));
        StepKey key = new StepKey(arguments[2]);
        switch (arguments[0]) {
            case "train" -> train(store, key);
            case "race" -> race(store, key);
            case "again" -> again(store, key);
            case "exchange" -> exchange(store, key);
            case "turns" -> turns(store, key);
            case "ask" -> ask(store, key);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /// Locks, writes a checkpoint and half a model; then, if it is told to, the result.
    private static void train(Store store, StepKey key) throws IOException {
        try (StepLock lock = store.locks().tryLock(key).orElseThrow()) {
            StepFolder folder = store.begin(key, StepFixtures.training(null, 1));
            AtomicFiles.folder(folder.checkpoint(), state -> AtomicFiles.write(state.resolve("state"), "update 100"));
            AtomicFiles.folder(folder.model(), model -> {
                Files.writeString(model.resolve("model.safetensors"), "half a mod");
                lock.tell("half of the model is written");
                lock.tell("half of it");
                pause("writing");
            });
            store.commit(StepFixtures.result(key, 0.5));
            pause("done");
        }
    }

    /// Computes a finished step again: writes a checkpoint and half a model.
    private static void again(Store store, StepKey key) throws IOException {
        try (StepLock lock = store.locks().tryLock(key).orElseThrow()) {
            RepeatedStep again = RepeatedStep.begin(store, key, StepFixtures.training(null, 1));
            StepFolder folder = again.folder();
            AtomicFiles.folder(folder.checkpoint(), state -> AtomicFiles.write(state.resolve("state"), "update 100"));
            AtomicFiles.folder(folder.model(), model -> {
                Files.writeString(model.resolve("model.safetensors"), "half a mod");
                pause("writing");
            });
        }
    }

    /// Replaces the step's result by others without end.
    private static void exchange(Store store, StepKey key) throws IOException {
        for (int round = 1; ; round++) {
            try (StepLock lock = store.locks().tryLock(key).orElseThrow()) {
                double score = round / 1e6;
                repeated(store, key, score).end(StepFixtures.result(key, score));
            }
            if (round == 1) System.out.println("exchanging");
        }
    }

    /// Replaces the step's result many times, whenever its lock is free.
    private static void turns(Store store, StepKey key) throws IOException {
        Path inside = store.root().resolve("inside");
        pause("ready");
        for (int round = 1; round <= 50; ) {
            Optional<StepLock> free = store.locks().tryLock(key);
            if (free.isEmpty()) continue;
            try (StepLock lock = free.get()) {
                Files.createFile(inside);
                RepeatedStep again = repeated(
                        store, key, round++ / 1e6 + ProcessHandle.current().pid());
                Files.delete(inside);
                again.end(StepFixtures.result(key, round)); // the other may come in from its first moment on
            }
        }
        System.out.println("always alone");
    }

    /// Asks without end whether the step runs; says so the first time it does.
    private static void ask(Store store, StepKey key) {
        System.out.println("asking");
        for (boolean said = false; ; ) {
            if (!store.locks().isRunning(key) || said) continue;
            System.out.println("it runs");
            said = true;
        }
    }

    private static RepeatedStep repeated(Store store, StepKey key, double score) throws IOException {
        RepeatedStep again = RepeatedStep.begin(store, key, StepFixtures.training(null, 1));
        AtomicFiles.folder(
                again.folder().model(),
                model -> AtomicFiles.write(model.resolve("model.safetensors"), "weights of " + score));
        return again;
    }

    /// Runs the step if nobody else does; says what became of it.
    private static void race(Store store, StepKey key) throws IOException {
        pause("ready");
        while (!store.isDone(key)) {
            Optional<StepLock> free = store.locks().tryLock(key);
            if (free.isEmpty()) continue;
            try (StepLock lock = free.get()) {
                if (store.isDone(key)) break;
                store.begin(key, StepFixtures.training(null, 1));
                store.commit(StepFixtures.result(key, 0.5));
                System.out.println("ran");
                return;
            }
        }
        System.out.println("reused");
    }

    private static void pause(String where) throws IOException {
        System.out.println(where);
        int unused = System.in.read();
    }
}
