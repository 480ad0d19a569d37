package dev.isogloss.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.cluster.FollowUp;
import dev.isogloss.json.CanonicalJson;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.TerminationMessage;
import dev.isogloss.result.TerminationMessage.Result;
import dev.isogloss.trainer.cli.CommandLineRig.Output;
import dev.isogloss.trainer.loop.Stopped;
import dev.isogloss.trainer.store.Store;
import dev.isogloss.trainer.store.StoreJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A training of seed 1 whose pod is asked to evaluate it, too.
class FollowUpsTest {
    @TempDir
    Path folder;

    private CommandLineRig rig;
    private JsonNode training;
    private JsonNode evaluation;

    @BeforeEach
    void aTrainingAndItsEvaluation() throws IOException {
        rig = new CommandLineRig(folder);
        JsonNode steps = StoreJson.MAPPER
                .readTree(rig.run("plan", "m.yaml", "--json").out())
                .path("steps");
        training = steps.get(0);
        evaluation = steps.valueStream()
                .filter(step -> step.at("/spec/kind").asText().equals("Evaluate"))
                .filter(step -> step.at("/spec/model").equals(training.path("key")))
                .findFirst()
                .orElseThrow();
        Files.writeString(rig.terminationLog(), "");
    }

    private Output pod(JsonNode... after) throws IOException {
        List<FollowUp> followUps = Stream.of(after)
                .map(step -> new FollowUp(
                        step.path("key").asText(),
                        step.at("/spec/kind").asText(),
                        CanonicalJson.of(step.path("spec")),
                        step.path("title").asText()))
                .toList();
        Files.writeString(rig.file("then.json"), StoreJson.MAPPER.writeValueAsString(followUps));
        return rig.typing(training.path("spec").toString())
                .run("step", "--spec", "-", store(), "--follow-ups=" + rig.file("then.json"));
    }

    private String store() {
        return "--store=" + folder.resolve("store");
    }

    private boolean isDone(JsonNode step) {
        return Store.open(folder.resolve("store"))
                .isDone(new StepKey(step.path("key").asText()));
    }

    private Result said() throws IOException {
        return (Result) TerminationMessage.read(Files.readString(rig.terminationLog()));
    }

    private void fails(String kind, RuntimeException failure) {
        rig.with((step, context) -> {
            if (step.spec().kind().equals(kind)) throw failure;
            return CommandLineRig.scores(step, context);
        });
    }

    @Test
    void a_pod_reports_the_steps_that_it_did_after_its_own() throws IOException {
        Output output = pod(evaluation);

        assertThat(output.code()).isZero();
        assertThat(isDone(evaluation)).isTrue();
        assertThat(said().key().hex()).isEqualTo(training.path("key").asText());
        assertThat(said().followUps()).singleElement().satisfies(result -> {
            assertThat(result.key().hex()).isEqualTo(evaluation.path("key").asText());
            assertThat(result.kind()).isEqualTo("Evaluate");
            assertThat(result.reused()).isFalse();
            assertThat(result.scores()).isNotEmpty();
        });
    }

    @Test
    void a_follow_up_has_the_bytes_of_a_step_of_its_own() throws IOException {
        pod(evaluation);
        String after = Files.readString(folder.resolve("store/steps")
                .resolve(evaluation.path("key").asText())
                .resolve("step.json"));

        assertThat(after).isEqualTo(CanonicalJson.of(evaluation.path("spec")));
    }

    @Test
    void one_that_fails_takes_nothing_from_the_pods_own_result() throws IOException {
        fails("Evaluate", new InvalidInput("packages/de/test.jsonl:7 is no JSON."));

        Output output = pod(evaluation);

        assertThat(output.code()).isZero();
        assertThat(isDone(training)).isTrue();
        assertThat(said().followUps()).isEmpty();
        assertThat(output.out())
                .contains("failed. packages/de/test.jsonl:7 is no JSON.")
                .contains("left to a pod of its own");
    }

    @Test
    void one_that_is_stopped_leaves_the_pods_own_result() throws IOException {
        fails("Evaluate", new Stopped("after 3 of 7 texts"));

        assertThat(pod(evaluation).code()).isZero();
        assertThat(said().followUps()).isEmpty();
        assertThat(isDone(evaluation)).isFalse();
    }

    @Test
    void nothing_follows_a_step_that_fails() throws IOException {
        fails("Train", new InvalidInput("no"));

        assertThat(pod(evaluation).code()).isEqualTo(2);
        assertThat(isDone(evaluation)).isFalse();
    }

    @Test
    void one_whose_inputs_are_not_there_is_left_out() throws IOException {
        JsonNode other = StoreJson.MAPPER
                .readTree(rig.run("plan", "m.yaml", "--json").out())
                .path("steps")
                .valueStream()
                .filter(step -> step.at("/spec/kind").asText().equals("Evaluate"))
                .filter(step -> !step.equals(evaluation))
                .findFirst()
                .orElseThrow();

        assertThat(pod(other, evaluation).out()).contains("it reads a step that is not done");
        assertThat(isDone(other)).isFalse();
        assertThat(said().followUps())
                .extracting(result -> result.key().hex())
                .containsExactly(evaluation.path("key").asText());
    }

    @Test
    void a_pod_that_finds_its_own_result_computes_nothing_and_reports_what_is_there() throws IOException {
        pod();
        pod(evaluation);
        assertThat(isDone(evaluation)).isFalse();
        assertThat(said().followUps()).isEmpty();

        rig.typing(evaluation.path("spec").toString()).run("step", "--spec", "-", store());
        pod(evaluation);

        assertThat(said().reused()).isTrue();
        assertThat(said().followUps()).singleElement().satisfies(result -> assertThat(result.reused())
                .isTrue());
    }
}
