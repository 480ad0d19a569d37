import dev.isogloss.api.TransferExperimentStatus;
import dev.isogloss.operator.status.Conditions;
import dev.isogloss.operator.words.ConditionType;
import dev.isogloss.operator.words.StepNames;
import dev.isogloss.operator.words.Words;
import dev.isogloss.resource.TrainingStep;
import dev.isogloss.resource.TransferExperiment;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// How the operator does with many experiments, on a simulated cluster: one JSON line a figure.
///
///     operator/benchmarks/run CLUSTER_TOOL [EXPERIMENTS]
///
/// Bare Jobs, made by a plain client and ended by the same played trainer, are the limit of the machine; an experiment
/// here is five steps: an encoder, then two seeds of a training and a measurement each. The trainer is played by this
/// program, which tells a pod to end as soon as it runs.
final class Scale {
    private static final int STEPS = 5;
    private static final int PORT = 18080;

    private final int experiments;
    private final Path audit;
    private final KubernetesClient client;
    private final Map<String, Long> added = new ConcurrentHashMap<>();
    private final Map<String, Long> completed = new ConcurrentHashMap<>();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final ExecutorService trainers = Executors.newFixedThreadPool(8);

    private Scale(int experiments, Path audit) {
        this.experiments = experiments;
        this.audit = audit;
        Config config = Config.autoConfigure(null);
        config.setUserAgent("isogloss-benchmark");
        this.client = new KubernetesClientBuilder().withConfig(config).build();
    }

    public static void main(String[] arguments) throws Exception {
        new Scale(Integer.parseInt(arguments[0]), Path.of(arguments[1])).run();
        System.exit(0);
    }

    private void run() throws Exception {
        watch("bare");
        watch("lab");
        double bare = bareJobs();
        figure("bare.jobsPerSecond", bare);
        Process operator = operator();
        long began = System.nanoTime();
        for (int i = 0; i < experiments; i++) apply(i);
        figure("experiments.applied.seconds", seconds(began));
        await(() -> concluded() == experiments);
        double rate = experiments * STEPS / seconds(began);
        figure("experiments.stepsPerSecond", rate);
        figure("experiments.ofBare", rate / bare);
        latencies();
        figure("operator.residentMegabytes", resident(operator));
        figure("operator.writesPerStep", (double) writes() / (experiments * STEPS));
        operator.destroy();
        operator.waitFor();
        long restarted = System.nanoTime();
        operator = operator();
        figure("restart.readySeconds", seconds(restarted));
        long before = writes();
        Thread.sleep(60_000);
        figure("idle.writesPerMinute", writes() - before);
        figure("restart.residentMegabytes", resident(operator));
        operator.destroy();
        operator.waitFor();
    }

    private static void figure(String name, double value) {
        System.out.printf(Locale.ROOT, "{\"figure\":\"%s\",\"value\":%.3f}%n", name, value);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private interface Check {
        boolean holds() throws Exception;
    }

    private static void await(Check check) throws Exception {
        while (!check.holds()) Thread.sleep(200);
    }

    private void watch(String namespace) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        client.batch().v1().jobs().inNamespace(namespace).inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Job job) {
                added.putIfAbsent(job.getMetadata().getName(), System.nanoTime());
            }

            @Override
            public void onUpdate(Job old, Job job) {
                if (isComplete(job)) completed.putIfAbsent(job.getMetadata().getName(), System.nanoTime());
            }

            @Override
            public void onDelete(Job job, boolean unknown) {}
        });
        client.pods().inNamespace(namespace).inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Pod pod) {
                train(pod);
            }

            @Override
            public void onUpdate(Pod old, Pod pod) {
                train(pod);
            }

            @Override
            public void onDelete(Pod pod, boolean unknown) {}
        });
    }

    private static boolean isComplete(Job job) {
        return job.getStatus() != null
                && job.getStatus().getConditions() != null
                && job.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Complete")
                                && condition.getStatus().equals("True"));
    }

    private void train(Pod pod) {
        boolean runs = pod.getStatus() != null && "Running".equals(pod.getStatus().getPhase());
        if (!runs || !told.add(pod.getMetadata().getUid())) return;
        trainers.execute(() -> {
            String spec = pod.getMetadata().getAnnotations().getOrDefault(Words.SPEC, "");
            String result = "{\"key\":\"%s\",\"kind\":\"\",\"reused\":false,\"scores\":[],\"facts\":{}}"
                    .formatted(StepNames.digest(spec));
            Map<String, Object> end = Map.of(
                    "metadata",
                    Map.of(
                            "annotations",
                            Map.of("sim.isogloss/message", result, "sim.isogloss/run-for", "0s")));
            client.resource(pod).patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(end));
        });
    }

    private double bareJobs() throws Exception {
        long began = System.nanoTime();
        int jobs = experiments * STEPS;
        for (int i = 0; i < jobs; i++)
            client.resource(new JobBuilder()
                            .withNewMetadata()
                            .withNamespace("bare")
                            .withName("bare-" + i)
                            .endMetadata()
                            .withNewSpec()
                            .withNewTemplate()
                            .withNewMetadata()
                            .withAnnotations(Map.of("sim.isogloss/run-for", "never"))
                            .endMetadata()
                            .withNewSpec()
                            .withRestartPolicy("Never")
                            .addNewContainer()
                            .withName(Words.CONTAINER)
                            .withImage("none")
                            .endContainer()
                            .endSpec()
                            .endTemplate()
                            .endSpec()
                            .build())
                    .create();
        await(() -> completed.keySet().stream()
                        .filter(name -> name.startsWith("bare-"))
                        .count()
                == jobs);
        return jobs / seconds(began);
    }

    private static Process operator() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:+UseCompactObjectHeaders",
                        "-jar",
                        "operator/target/quarkus-app/quarkus-run.jar")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        Path.of("operator/target/benchmark.log").toFile()));
        builder.environment().put("QUARKUS_HTTP_PORT", String.valueOf(PORT));
        Process process = builder.start();
        await(Scale::isReady);
        return process;
    }

    private static boolean isReady() throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI ready = URI.create("http://localhost:" + PORT + "/q/health/ready");
            return http.send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (java.io.IOException notYet) {
            return false;
        }
    }

    private void apply(int number) {
        String manifest = """
                apiVersion: isogloss.dev/v1alpha1
                kind: TransferExperiment
                metadata: {name: e%1$d, namespace: lab}
                spec:
                  task: {type: SequenceClassification}
                  data: {name: toy%1$d, location: {generated: {}}}
                  corpus: {name: toy%1$d, languages: [qal, qen], location: {generated: {}}}
                  encoder: {fromPretraining: {architecture: {preset: Tiny}}}
                  source: qal
                  targets: [qen]
                  seeds: [1, 2]
                  stages: [{fineTune: {epochs: 1}}]
                  runtime:
                    resources: {limits: {cpu: 100m, memory: 64Mi}}
                    pod: {annotations: {sim.isogloss/run-for: never}}
                """.formatted(number);
        client.resource(Serialization.unmarshal(manifest, GenericKubernetesResource.class))
                .create();
    }

    private int concluded() {
        return (int) client.resources(TransferExperiment.class).inNamespace("lab").list().getItems().stream()
                .map(TransferExperiment::getStatus)
                .filter(status -> status != null && isComplete(status))
                .count();
    }

    private static boolean isComplete(TransferExperimentStatus status) {
        return Conditions.holds(status.conditions(), ConditionType.Complete);
    }

    /// From the news that a step's last input is complete to the news that its Job is made, as a third party hears them.
    private void latencies() {
        Map<String, String> names = new ConcurrentHashMap<>();
        List<TrainingStep> steps =
                client.resources(TrainingStep.class).inNamespace("lab").list().getItems();
        for (TrainingStep step : steps)
            names.put(step.getSpec().key(), step.getMetadata().getName());
        List<Double> delays = new ArrayList<>();
        for (TrainingStep step : steps) {
            Long made = added.get(step.getMetadata().getName());
            long ready = step.getSpec().inputs().stream()
                    .mapToLong(key -> completed.getOrDefault(names.getOrDefault(key, ""), 0L))
                    .max()
                    .orElse(0);
            if (made != null && ready > 0) delays.add((made - ready) / 1e6);
        }
        delays.sort(null);
        figure("next.milliseconds.p50", delays.get(delays.size() / 2));
        figure("next.milliseconds.p99", delays.get((int) (delays.size() * 0.99)));
    }

    private static double resident(Process process) throws Exception {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    /// What the operator wrote, events included, from the API server's audit log.
    private long writes() throws Exception {
        try (var lines = Files.lines(audit)) {
            return lines.filter(line -> line.contains("fabric8-kubernetes-client"))
                    .filter(line -> line.matches(".*\"verb\":\"(create|patch|update|delete)\".*"))
                    .filter(line -> !line.contains("\"resource\":\"leases\""))
                    .count();
        }
    }
}
