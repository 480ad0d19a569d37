package dev.isogloss.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.trainer.bucket.BucketServer;
import dev.isogloss.trainer.cli.CommandLineRig.Output;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BucketCommandsTest {

    @RegisterExtension
    private static final BucketServer server = new BucketServer();

    @TempDir
    Path folder;

    private CommandLineRig rig;

    @BeforeEach
    void rig() throws Exception {
        rig = new CommandLineRig(folder).with(environment(server.environment()));
    }

    private Map<String, String> environment(Map<String, String> given) {
        Map<String, String> environment = new HashMap<>(given);
        environment.put("ISOGLOSS_SCRATCH", folder.resolve("scratch").toString());
        return environment;
    }

    private Output run(String store) {
        return rig.run("run", "m.yaml", "--quiet", "--store", store, rig.claim());
    }

    @Test
    void what_one_run_made_in_a_bucket_the_next_finds_and_all_commands_see() {
        Output first = run("s3://lab/commands");
        assertThat(first.code()).isZero();
        assertThat(folder.resolve(".isogloss")).doesNotExist();
        assertThat(folder.resolve("s3:")).doesNotExist();

        assertThat(run("s3://lab/commands").out()).isEqualTo(first.out());
        String[] store = {"--store", "s3://lab/commands"};
        assertThat(rig.run("status", "m.yaml", store[0], store[1], rig.claim()).out())
                .contains("4 of 4 steps done");
        assertThat(rig.run("results", "m.yaml", store[0], store[1], rig.claim()).out())
                .isEqualToIgnoringNewLines(first.out());
        assertThat(rig.run("plan", "m.yaml", store[0], store[1], rig.claim()).out())
                .contains("s3://lab/commands");
        Output list = rig.run("store", "ls", store[0], store[1]);
        assertThat(list.out()).endsWith(" in s3://lab/commands\n").contains("Evaluate", "Train");
        assertThat(rig.run("store", "verify", store[0], store[1]).out())
                .isEqualTo("4 finished steps, all as they were left.\n");
        String key = list.out().substring(0, 12);
        assertThat(rig.run("store", "show", store[0], store[1], key).out())
                .contains("\"folder\" : \"s3://lab/commands/steps/" + key, "\"done\" : true", "\"files\" : {");
        assertThat(rig.run("store", "gc", "--older-than", "0", store[0], store[1])
                        .code())
                .isZero();
    }

    @Test
    void the_manifests_storage_may_be_a_bucket() throws Exception {
        Files.writeString(
                rig.manifest(),
                Files.readString(rig.manifest())
                        + "  storage: {location: {uri: \"s3://lab/manifest\"}, secretRef: {name: bucket}}\n");

        Output output = rig.run("run", "m.yaml", "--quiet", rig.claim());

        assertThat(output.err()).isEmpty();
        assertThat(output.code()).isZero();
        assertThat(rig.run("store", "ls", "--store", "s3://lab/manifest").out()).contains("4 steps");
    }

    @Test
    void mistakes_end_in_a_sentence_and_the_exit_code_that_fits() {
        Map<String, String> none = Map.of();
        rig.with(none);
        assertThat(run("s3://lab/x").code()).isEqualTo(2);
        assertThat(run("s3://lab/x").err()).startsWith("isogloss: AWS_ACCESS_KEY_ID is not set");

        rig.with(environment(server.environment("AWS_SECRET_ACCESS_KEY", "wrong")));
        assertThat(run("s3://lab/x").code()).isEqualTo(2);
        assertThat(run("s3://lab/x").err()).startsWith("isogloss: s3://lab/x does not accept the key ending in MPLE");

        rig.with(environment(server.environment()));
        assertThat(run("s3://other/x").code()).isEqualTo(2);
        assertThat(run("s3://other/x").err()).startsWith("isogloss: There is no bucket \"other\" at http");
        assertThat(run("https://lab/x").code()).isEqualTo(2);
        assertThat(run("https://lab/x").err())
                .startsWith("isogloss: The store cannot lie at https://lab/x. Write file:///FOLDER");
    }

    @Test
    void an_endpoint_that_cannot_be_reached_is_worth_another_try() {
        rig.with(environment(server.environment("AWS_ENDPOINT_URL", "http://127.0.0.1:1")));

        Output output = run("s3://lab/x");

        assertThat(output.code()).isEqualTo(1);
        assertThat(output.err())
                .startsWith("isogloss: s3://lab/x could not be reached at http://127.0.0.1:1/lab in 6 attempts")
                .doesNotContain("mistake in Isogloss");
    }
}
