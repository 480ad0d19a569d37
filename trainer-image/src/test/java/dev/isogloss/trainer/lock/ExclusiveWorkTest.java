package dev.isogloss.trainer.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ExclusiveWorkTest {
    @TempDir
    Path folder;

    @Test
    void two_threads_do_it_one_after_the_other() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        Thread second = new Thread(() -> quietly(folder.resolve("a/../a/lock"), inside::incrementAndGet));

        int seen = ExclusiveWork.under(folder.resolve("a/lock"), () -> {
            inside.incrementAndGet();
            second.start();
            while (second.getState() != Thread.State.BLOCKED && second.isAlive()) Thread.onSpinWait();
            return inside.getAndDecrement();
        });

        second.join();
        assertThat(seen).isEqualTo(1);
        assertThat(inside).hasValue(1);
    }

    @Test
    void a_process_waits_for_another_and_the_file_stays() throws Exception {
        Path lock = folder.resolve("lock");
        Path done = folder.resolve("done");
        Process other = OtherProcess.start(lock, done);
        try (BufferedReader answers =
                new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(answers.readLine()).isEqualTo("inside");
            CountDownLatch comes = new CountDownLatch(1);
            CompletableFuture<Boolean> here = CompletableFuture.supplyAsync(() -> {
                comes.countDown();
                return quietly(lock, () -> Files.exists(done));
            });
            comes.await();
            for (int i = 0; i < 1000 && !here.isDone(); i++) Thread.yield();

            other.getOutputStream().close();

            assertThat(here.get()).isTrue();
            assertThat(lock).exists();
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void what_fails_leaves_it_free() throws IOException {
        Path lock = folder.resolve("lock");
        ExclusiveWork.Work<Integer> failing = () -> {
            throw new IOException("no room");
        };

        assertThatThrownBy(() -> ExclusiveWork.under(lock, failing)).hasMessage("no room");

        assertThat(ExclusiveWork.under(lock, () -> 1)).isEqualTo(1);
    }

    private static <T> T quietly(Path lock, ExclusiveWork.Work<T> work) {
        try {
            return ExclusiveWork.under(lock, work);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Holds the lock until its input ends, and makes a file before it lets go.
    static final class OtherProcess {
        private OtherProcess() {}

        static Process start(Path lock, Path done) throws IOException {
            String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            return new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-cp",
                            classPath,
                            OtherProcess.class.getName(),
                            lock.toString(),
                            done.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        }

        public static void main(String... arguments) throws IOException {
            ExclusiveWork.under(Path.of(arguments[0]), () -> {
                System.out.println("inside");
                int unused = System.in.read();
                return Files.createFile(Path.of(arguments[1]));
            });
        }
    }
}
