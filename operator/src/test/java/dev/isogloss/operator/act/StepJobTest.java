package dev.isogloss.operator.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.cluster.EnvironmentVariable;
import dev.isogloss.api.cluster.FailurePolicy;
import dev.isogloss.api.cluster.FollowUp;
import dev.isogloss.api.cluster.Locations;
import dev.isogloss.api.cluster.PodOverrides;
import dev.isogloss.api.cluster.Resources;
import dev.isogloss.api.cluster.Runtime;
import dev.isogloss.api.cluster.SecretKey;
import dev.isogloss.api.cluster.SecretReference;
import dev.isogloss.api.cluster.Storage;
import dev.isogloss.api.cluster.Toleration;
import dev.isogloss.api.cluster.TrainingStepSpec;
import dev.isogloss.api.data.Location;
import dev.isogloss.json.CanonicalJson;
import dev.isogloss.operator.Golden;
import dev.isogloss.operator.StepFixtures;
import dev.isogloss.operator.settings.OperatorSettings;
import dev.isogloss.plan.step.ChooseBestRoundStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StepJobTest {
    private static final OperatorSettings SETTINGS = StepFixtures.settings();

    @Test
    void a_plain_step_becomes_this_job() {
        Golden.assertHolds("job-plain.yaml", yaml(StepJob.of(StepFixtures.step(), SETTINGS)));
    }

    @Test
    void a_step_with_every_setting_becomes_this_job() {
        Golden.assertHolds("job-full.yaml", yaml(StepJob.of(StepFixtures.step(full(), 3, null), SETTINGS)));
    }

    private static String yaml(Job job) {
        return Serialization.asYaml(job);
    }

    private static TrainingStepSpec full() {
        Runtime runtime = new Runtime(
                "registry.example/trainer:2",
                new Resources(Map.of("cpu", "4"), Map.of("nvidia.com/gpu", "1", "memory", "16Gi")),
                null,
                4,
                "research",
                5,
                FailurePolicy.Stop,
                1000000,
                3600L,
                600,
                new PodOverrides(
                        Map.of("gpu", "a100"),
                        List.of(new Toleration("gpu", Toleration.Operator.Exists, null, null, null)),
                        "low",
                        "nvidia",
                        "bin-packer",
                        "trainer",
                        List.of("registry"),
                        List.of(
                                new EnvironmentVariable("HF_HOME", "/tmp/hf", null),
                                new EnvironmentVariable("HF_TOKEN", null, new SecretKey("hf", "token"))),
                        List.of("s3-keys"),
                        Map.of("team", "nlp", "app.kubernetes.io/name", "mine"),
                        Map.of("note", "hello")));
        return new TrainingStepSpec(
                StepFixtures.KEY,
                "Train",
                "{\"kind\":\"Train\",\"text\":\"quotes \\\" and ünicode\"}",
                null,
                List.of(),
                new Locations(
                        Map.of(
                                "data", new Location(null, "datasets", "packages/{language}.jsonl", null),
                                "corpus", new Location(null, "lab", "corpus", null),
                                "encoder/xlm-roberta-base", new Location("hf://xlm-roberta-base", null, null, null)),
                        List.of()),
                new Storage(new Location(null, "lab", "results", null)),
                runtime,
                0,
                false);
    }

    @Test
    void a_pod_reads_the_steps_that_follow_from_a_file() {
        TrainingStepSpec plain = StepFixtures.spec();
        TrainingStepSpec spec = new TrainingStepSpec(
                plain.key(),
                plain.kind(),
                plain.step(),
                plain.title(),
                plain.inputs(),
                plain.locations(),
                plain.storage(),
                plain.runtime(),
                plain.attempt(),
                plain.suspend(),
                List.of(new FollowUp("e".repeat(64), "Evaluate", "{\"kind\":\"Evaluate\"}", "evaluate en")));
        PodTemplateSpec pod =
                StepJob.of(StepFixtures.step(spec, 1, null), SETTINGS).getSpec().getTemplate();

        assertThat(pod.getMetadata().getAnnotations().get("isogloss.dev/follow-ups"))
                .isEqualTo(
                        "[{\"key\":\"%s\",\"kind\":\"Evaluate\",\"step\":\"{\\\"kind\\\":\\\"Evaluate\\\"}\",\"title\":\"evaluate en\"}]"
                                .formatted("e".repeat(64)));
        assertThat(pod.getSpec().getContainers().getFirst().getArgs())
                .containsSequence("--follow-ups", "/step/follow-ups.json");
        assertThat(pod.getSpec().getVolumes().getFirst().getDownwardAPI().getItems())
                .extracting("path")
                .containsExactly("spec.json", "locations.json", "follow-ups.json");
    }

    @Test
    void a_store_in_a_bucket_becomes_this_job() {
        TrainingStepSpec spec = inBucket(new SecretReference("bucket"));

        Golden.assertHolds("job-bucket.yaml", yaml(StepJob.of(StepFixtures.step(spec, 1, null), SETTINGS)));
    }

    @Test
    void a_bucket_whose_keys_come_otherwise_needs_no_secret() {
        Container container = container(StepJob.of(StepFixtures.step(inBucket(null), 1, null), SETTINGS));

        assertThat(container.getEnvFrom()).isEmpty();
        assertThat(container.getArgs()).containsSequence("--store", "s3://bucket/lab");
        assertThat(container.getVolumeMounts()).extracting("name").containsExactly("step", "tmp", "scratch");
    }

    @Test
    void the_scratch_of_a_bucket_may_have_a_limit() {
        Job job = StepJob.of(
                StepFixtures.step(inBucket(null), 1, null),
                StepFixtures.settings("isogloss.trainer.scratch-space", "30Gi"));

        assertThat(job.getSpec().getTemplate().getSpec().getVolumes())
                .filteredOn(volume -> volume.getName().equals("scratch"))
                .singleElement()
                .satisfies(volume ->
                        assertThat(volume.getEmptyDir().getSizeLimit()).hasToString("30Gi"));
    }

    private static TrainingStepSpec inBucket(@Nullable SecretReference secret) {
        return new TrainingStepSpec(
                StepFixtures.KEY,
                "Train",
                "{}",
                null,
                List.of(),
                Locations.NONE,
                new Storage(new Location("s3://bucket/lab", null, null, null), secret),
                StepFixtures.RUNTIME,
                0,
                false);
    }

    @Test
    void steps_that_only_count_and_sort_ask_for_little() {
        TrainingStepSpec given = full();
        TrainingStepSpec select = new TrainingStepSpec(
                given.key(),
                "ChooseBestRound",
                CanonicalJson.of(new ChooseBestRoundStep(
                        1, List.of(new StepKey("1".repeat(64))), List.of(new StepKey("2".repeat(64))))),
                given.title(),
                given.inputs(),
                given.locations(),
                given.storage(),
                given.runtime(),
                0,
                false);

        assertThat(container(StepJob.of(StepFixtures.step(select, 1, null), SETTINGS))
                        .getResources()
                        .getLimits())
                .containsOnlyKeys("memory");
        assertThat(container(StepJob.of(StepFixtures.step(select, 1, null), SETTINGS))
                        .getEnv())
                .as("an image for GPUs must not look for one")
                .anyMatch(variable -> variable.getName().equals("ISOGLOSS_DEVICE")
                        && variable.getValue().equals("cpu"));
    }

    /// Under NVIDIA's runtime a container that names no device would otherwise see all of the node's.
    @Test
    void a_step_that_asks_for_no_device_gets_none_and_computes_on_the_cpu() {
        assertThat(variables(StepFixtures.settings("isogloss.trainer.image", "trainer:1-cu124")))
                .containsEntry("NVIDIA_VISIBLE_DEVICES", "void")
                .containsEntry("ISOGLOSS_DEVICE", "cpu");
        assertThat(variables(StepFixtures.settings("isogloss.trainer.limits", "memory=9Gi,nvidia.com/gpu=0")))
                .containsEntry("NVIDIA_VISIBLE_DEVICES", "void");
        assertThat(variables(StepFixtures.settings("isogloss.trainer.limits", "memory=9Gi,nvidia.com/gpu=1")))
                .doesNotContainKeys("NVIDIA_VISIBLE_DEVICES", "ISOGLOSS_DEVICE");
    }

    private static Map<String, String> variables(OperatorSettings settings) {
        return container(StepJob.of(StepFixtures.step(), settings)).getEnv().stream()
                .filter(variable -> variable.getValue() != null)
                .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
    }

    /// Kubernetes would put the variable's value there, and a title is written into logs.
    @Test
    void a_title_that_names_a_variable_stays_as_it_is() {
        TrainingStepSpec given = StepFixtures.spec();
        TrainingStepSpec titled = new TrainingStepSpec(
                given.key(),
                given.kind(),
                given.step(),
                "costs $5 and $(HF_TOKEN)",
                given.inputs(),
                given.locations(),
                given.storage(),
                given.runtime(),
                0,
                false);

        assertThat(container(StepJob.of(StepFixtures.step(titled, 1, null), SETTINGS))
                        .getArgs())
                .contains("costs $$5 and $$(HF_TOKEN)");
    }

    @Test
    void settings_of_the_installation_hold_where_the_experiment_says_nothing() {
        OperatorSettings settings = StepFixtures.settings(
                "isogloss.trainer.image", "mine:3",
                "isogloss.trainer.limits", "memory=9Gi, example.com/mig-1g.5gb=1",
                "isogloss.trainer.service-account", "runner",
                "isogloss.trainer.metrics-port", "0",
                "isogloss.trainer.image-pull-secrets", "a,b");
        Job job = StepJob.of(StepFixtures.step(), settings);

        assertThat(container(job).getImage()).isEqualTo("mine:3");
        assertThat(container(job).getResources().getLimits()).containsOnlyKeys("memory", "example.com/mig-1g.5gb");
        assertThat(container(job).getPorts()).isEmpty();
        assertThat(container(job).getArgs()).doesNotContain("--metrics-port");
        assertThat(job.getSpec().getTemplate().getSpec().getServiceAccountName())
                .isEqualTo("runner");
        assertThat(job.getSpec().getTemplate().getSpec().getImagePullSecrets())
                .extracting("name")
                .containsExactly("a", "b");
    }

    @Test
    void amounts_of_another_form_are_refused_in_a_sentence() {
        assertThatThrownBy(() -> Amounts.read("cpu:1"))
                .hasMessage("\"cpu:1\" is no list of amounts; write it like cpu=1,memory=2Gi");
        assertThat(Amounts.read("")).isEmpty();
    }

    @Test
    void the_same_template_hashes_the_same_and_another_does_not() {
        TrainingStep other = StepFixtures.step(full(), 1, null);

        assertThat(StepJob.hash(StepFixtures.step(), SETTINGS)).isEqualTo(StepJob.hash(StepFixtures.step(), SETTINGS));
        assertThat(StepJob.hash(other, SETTINGS)).isNotEqualTo(StepJob.hash(StepFixtures.step(), SETTINGS));
    }

    /// Kueue lets nobody move a Job that it has admitted, so another queue means another Job.
    @Test
    void another_queue_makes_another_job() {
        assertThat(StepJob.hash(queued("night"), SETTINGS))
                .isNotEqualTo(StepJob.hash(queued("day"), SETTINGS))
                .isNotEqualTo(StepJob.hash(StepFixtures.step(), SETTINGS));
    }

    @Test
    void labels_for_kueue_stand_on_the_job_and_others_do_not() {
        PodOverrides pod = new PodOverrides(
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of("kueue.x-k8s.io/priority-class", "urgent", "team", "mt"),
                null);

        assertThat(StepJob.of(queued("day", pod), SETTINGS).getMetadata().getLabels())
                .containsEntry("kueue.x-k8s.io/priority-class", "urgent")
                .containsEntry("kueue.x-k8s.io/queue-name", "day")
                .doesNotContainKey("team");
    }

    private static TrainingStep queued(String queue) {
        return queued(queue, null);
    }

    private static TrainingStep queued(String queue, @Nullable PodOverrides pod) {
        Runtime plain = StepFixtures.RUNTIME;
        Runtime runtime = new Runtime(
                null, null, null, 4, queue, 3, plain.failurePolicy(), 1000000, null, plain.keepJobsSeconds(), pod);
        return StepFixtures.step(StepFixtures.spec(runtime, false), 1, null);
    }

    private static Container container(Job job) {
        return job.getSpec().getTemplate().getSpec().getContainers().getFirst();
    }

    @Test
    void users_that_are_left_to_the_platform_are_not_named() {
        Job job = StepJob.of(StepFixtures.step(), StepFixtures.settings("isogloss.trainer.user", "0"));

        var context = job.getSpec().getTemplate().getSpec().getSecurityContext();
        assertThat(context.getRunAsNonRoot()).isTrue();
        assertThat(context)
                .extracting(
                        PodSecurityContext::getRunAsUser,
                        PodSecurityContext::getRunAsGroup,
                        PodSecurityContext::getFsGroup,
                        PodSecurityContext::getFsGroupChangePolicy)
                .containsOnlyNulls();
    }
}
