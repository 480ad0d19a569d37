package dev.isogloss.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.json.Sha256;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.bucket.BucketServer;
import dev.isogloss.trainer.cli.CommandLineRig.Output;
import dev.isogloss.trainer.store.Store;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Real trainings with a store in a bucket, held against the same with a store in a folder.
@Timeout(300)
class BucketRunTest {

    @RegisterExtension
    private static final BucketServer server = new BucketServer();

    private final String address = "s3://lab/" + UUID.randomUUID();

    @TempDir
    Path folder;

    private SmallExperiment experiment;

    @BeforeEach
    void experiment() throws Exception {
        experiment = new SmallExperiment(folder);
    }

    private Map<String, String> machine(String name) {
        Map<String, String> environment = new HashMap<>(server.environment());
        environment.put("ISOGLOSS_SCRATCH", folder.resolve(name).toString());
        return environment;
    }

    private Store bucket() {
        return Stores.open(address, machine("reader"));
    }

    /// What steps left that has to be the same wherever they ran: scores, weights and predictions, not seconds.
    private static Map<String, Object> essence(Store store) throws IOException {
        Map<String, Object> essence = new TreeMap<>();
        for (StepKey key : store.keys()) {
            StepResult result = store.result(key).orElseThrow();
            essence.put(key + " scores", result.scores());
            Path made = result.kind().equals("Train") ? store.model(key) : store.predictions(key);
            try (Stream<Path> files = Files.walk(made)) {
                for (Path file : files.filter(Files::isRegularFile).toList())
                    essence.put(key + " " + made.relativize(file), Sha256.of(file));
            }
        }
        return essence;
    }

    @Test
    void a_run_into_a_bucket_leaves_the_bits_that_a_run_into_a_folder_leaves() throws Exception {
        Output local = experiment.run("--quiet");
        Output remote = experiment.with(machine("here")).run("--quiet", "--store", address);

        assertThat(remote.code()).as(remote.err()).isZero();
        assertThat(remote.out()).isEqualTo(local.out());
        assertThat(essence(bucket()))
                .isEqualTo(essence(Store.open(experiment.store())))
                .hasSizeGreaterThan(4);
    }

    @Test
    void a_step_on_another_machine_fetches_the_model_that_it_measures() throws Exception {
        experiment.with(machine("here")).run("--quiet", "--store", address);

        Output wider = experiment
                .with("splits: [test]", "splits: [test, dev]")
                .with(machine("there"))
                .run("--quiet", "--store", address);

        assertThat(wider.code()).as(wider.err()).isZero();
        assertThat(wider.out()).contains("dev");
    }

    /// Curves, predictions and points are fetched where the report is made.
    @Test
    void a_report_from_a_bucket_has_the_figures_of_one_from_a_folder() throws Exception {
        experiment.with("1e-3}\n  evaluate", """
                        1e-3, evaluateEvery: 1}
                            - {name: texts, project: {show: Texts, projection: PrincipalComponents}}
                          evaluate""");
        experiment.runs();
        experiment.with(machine("here")).run("--quiet", "--store", address);

        Map<String, String> local = report("local", experiment.store().toString());
        experiment.with(machine("there"));

        assertThat(local).containsKeys("small-score-by-update.csv", "small-texts-of-fineTune-seed-1.csv");
        assertThat(report("remote", address)).isEqualTo(local);
    }

    /// The digests of a report's figures.
    private Map<String, String> report(String name, String store) throws IOException {
        Path out = folder.resolve(name);
        Output output = experiment.command("report", "m.yaml", "--out", out.toString(), "--store", store);
        assertThat(output.code()).as(output.err()).isZero();
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> figures = Files.list(out.resolve("figures"))) {
            for (Path figure : figures.toList())
                digests.put(figure.getFileName().toString(), Sha256.of(figure));
        }
        return digests;
    }

    @Test
    void data_and_encoder_may_lie_in_a_bucket_too() throws Exception {
        Output local = experiment.run("--quiet");
        upload("data");
        upload("encoders");
        experiment
                .with(
                        "location: {claim: datasets, path: \"{language}/{split}.jsonl\"}",
                        "location: {uri: \"%s/data/{language}/{split}.jsonl\"}".formatted(address))
                .with(
                        "location: {claim: encoders, path: tiny}",
                        "location: {uri: \"%s/encoders/tiny\"}".formatted(address))
                .with(machine("here"));

        Output remote = experiment.run("--store", address);

        assertThat(remote.code()).as(remote.err()).isZero();
        assertThat(remote.err()).contains("Note: The dataset: 6 files of " + address, "Note: Encoder tiny: ");
        assertThat(remote.out()).isEqualToIgnoringNewLines(local.out());
        assertThat(essence(bucket())).isEqualTo(essence(Store.open(experiment.store())));
        assertThat(experiment.run("--store", address).err()).doesNotContain("Note: The dataset");
    }

    private void upload(String part) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(part))) {
            for (Path file : files.filter(Files::isRegularFile).toList())
                server.bucket(address).upload(file, folder.relativize(file).toString());
        }
    }

    @Test
    void a_process_that_is_killed_between_uploads_is_taken_over_by_another_machine_with_the_same_bits()
            throws Exception {
        experiment.with("epochs: 2", "epochs: 8");
        Output local = experiment.run("--quiet");
        AtomicReference<Process> victim = new AtomicReference<>();
        AtomicInteger checkpoints = new AtomicInteger();
        server.afterPut(name -> {
            if (name.endsWith("/latest.json") && checkpoints.incrementAndGet() == 3) kill(victim.get());
        });

        victim.set(process("dead"));
        assertThat(victim.get().waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(victim.get().exitValue()).isEqualTo(137);
        Store store = bucket();
        assertThat(store.keys()).hasSize(1).noneMatch(store::isDone).allMatch(store::hasCheckpoint);

        server.calm();
        Output resumed = experiment.with(machine("next")).run("--store", address);

        assertThat(resumed.err()).contains("resumed at update");
        assertThat(resumed.out()).isEqualToIgnoringNewLines(local.out());
        assertThat(essence(bucket())).isEqualTo(essence(Store.open(experiment.store())));
    }

    @Test
    void a_process_that_is_killed_before_its_result_leaves_nothing_that_counts() throws Exception {
        Output local = experiment.run("--quiet");
        AtomicReference<Process> victim = new AtomicReference<>();
        server.beforePut(name -> {
            if (name.endsWith("/files.json")) kill(victim.get());
        });

        victim.set(process("dead"));
        assertThat(victim.get().waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(bucket().keys()).hasSize(1).noneMatch(key -> bucket().isDone(key));

        server.calm();
        Output next = experiment.with(machine("next")).run("--quiet", "--store", address);
        assertThat(next.out()).isEqualTo(local.out());
        assertThat(essence(bucket())).isEqualTo(essence(Store.open(experiment.store())));
    }

    private static void kill(Process process) {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The same run in a JVM of its own, with a checkpoint after every update.
    private Process process(String machine) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("-D") && flag.contains("djl") || flag.startsWith("--"))
                .forEach(command::add);
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
        command.addAll(
                List.of("run", folder.resolve("m.yaml").toString(), "--store", address, "--checkpoint-updates=1"));
        command.addAll(List.of("--threads=1", "--claim=datasets=" + folder.resolve("data")));
        command.add("--claim=encoders=" + folder.resolve("encoders"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(machine + ".log").toFile());
        builder.environment().putAll(machine(machine));
        return builder.start();
    }
}
