package dev.isogloss.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.planner.PlannedManifest;
import dev.isogloss.trainer.store.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Manifests of the papers, as they stand in `examples/`.
class AlikeExperimentsTest {
    private static final Path PAPERS = Path.of("../examples/papers");

    @TempDir
    Path store;

    private List<ReportedExperiment> experiments(String... files) {
        return Stream.of(files)
                .map(PAPERS::resolve)
                .flatMap(file -> PlannedManifest.read(List.of(file)).stream()
                        .map(manifest ->
                                ReportedExperiment.of(file, manifest.plan().name(), manifest, Store.open(store))))
                .toList();
    }

    private static List<String> described(String field, List<ReportedExperiment> experiments) {
        return AlikeExperiments.of(SpecField.of(field), experiments).different().stream()
                .map(AlikeExperiments::described)
                .toList();
    }

    @Test
    void parts_of_a_dictionary_are_alike_whatever_their_seeds_and_other_ablations_are_not_among_them() {
        assertThat(described(
                        "stages.ear.dictionaryScale",
                        experiments(
                                "ear-ding-2022/reduced/packages.yaml",
                                "ear-ding-2022/reduced/packages-ablations.yaml")))
                .containsExactly("ear-packages-dictionary-0-25 (0.25), ear-packages-dictionary-0-5 (0.5),"
                        + " ear-packages-dictionary-0-75 (0.75), ear-packages (1)");
    }

    @Test
    void warm_ups_with_and_without_the_confidence_penalty_are_alike_whatever_their_stage_is_called() {
        assertThat(described(
                        "stages.fineTune.confidencePenalty", experiments("xla-bari-2021/reduced/wikiann-warmup.yaml")))
                .containsExactly("xla-wikiann-warmup (0), xla-wikiann-warmup-penalty (1)");
    }

    @Test
    void of_two_experiments_that_are_the_same_one_is_kept() {
        List<ReportedExperiment> twice =
                experiments("xla-bari-2021/reduced/wikiann-warmup.yaml", "xla-bari-2021/reduced/wikiann-warmup.yaml");

        assertThat(AlikeExperiments.of(SpecField.of("stages.fineTune.confidencePenalty"), twice).different().stream()
                        .map(Map::size))
                .containsExactly(2);
    }
}
