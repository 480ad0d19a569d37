package dev.isogloss.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.trainer.store.StoreJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `isogloss results` of several experiments, for programs.
class NamedResultsTest {
    @TempDir
    Path folder;

    private CommandLineRig rig;
    private String both;

    @BeforeEach
    void twoExperimentsThatHaveRun() throws IOException {
        rig = new CommandLineRig(folder);
        both = folder.resolve("both.yaml").toString();
        String manifest = Files.readString(rig.manifest());
        String second = manifest.replace("name: packages}", "name: second}").replace("epochs: 4", "epochs: 5");
        Files.writeString(Path.of(both), manifest + "---\n" + second);
        assertThat(rig.run("run", both, rig.claim(), "--quiet").code()).isZero();
    }

    @Test
    void csv_begins_each_line_with_the_name_and_has_one_head() {
        assertThat(rig.run("results", both, "--format=csv").out().lines())
                .startsWith("name,stage,language,split,metric,mean,std,ci95,n")
                .hasSize(9)
                .satisfies(lines ->
                        assertThat(lines.subList(1, 5)).allMatch(line -> line.startsWith("packages,fineTune,")))
                .satisfies(
                        lines -> assertThat(lines.subList(5, 9)).allMatch(line -> line.startsWith("second,fineTune,")));
    }

    @Test
    void json_is_a_list_with_names() throws IOException {
        JsonNode list = StoreJson.MAPPER.readTree(
                rig.run("results", both, "--format=json").out());

        assertThat(list.findValuesAsText("name")).containsExactly("packages", "second");
        assertThat(list.get(0).path("results").size()).isEqualTo(4);
    }

    @Test
    void a_single_experiment_needs_no_name() {
        assertThat(rig.run("results", "m.yaml", "--format=csv").out()).startsWith("stage,language,");
    }
}
