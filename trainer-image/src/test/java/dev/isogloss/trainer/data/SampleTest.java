package dev.isogloss.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Partition;
import dev.isogloss.api.data.Prior;
import dev.isogloss.api.data.SplitSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SampleTest {
    private static final Split REVIEWS = split(
            "de",
            IntStream.range(0, 1000)
                    .mapToObj(i -> (Example) new TextExample("r" + i, "text " + i, null, String.valueOf(1 + i % 5)))
                    .toList());

    private static final Split SENTENCES = split(
            "de",
            IntStream.range(0, 400)
                    .mapToObj(i -> (Example) new TaggedExample(
                            "s" + i,
                            List.of("a", "b", "c", "d"),
                            i % 4 == 0
                                    ? List.of("B-PER", "I-PER", "O", "O")
                                    : i % 4 == 1 ? List.of("O", "O", "O", "O") : List.of("B-LOC", "O", "O", "B-PER")))
                    .toList());

    private static Split split(String language, List<Example> examples) {
        List<Integer> lines = IntStream.rangeClosed(1, examples.size()).boxed().toList();
        return new Split(
                language, "train", examples, lines, new SourceFile("f", Path.of("f"), "0".repeat(64), 1), List.of());
    }

    private static SplitSource prior(
            @Nullable Map<String, Double> shares, @Nullable Double dirichlet, @Nullable Integer size) {
        return new SplitSource("train", null, null, null, null, new Prior(shares, dirichlet, size, 1));
    }

    private static double share(Split split, String label) {
        Map<String, Long> counts = LabelSet.count(split);
        double total = counts.values().stream().mapToLong(Long::longValue).sum();
        return counts.getOrDefault(label, 0L) / total;
    }

    @Test
    void a_language_may_have_splits_of_its_own_in_the_datasets_place(
            @org.junit.jupiter.api.io.TempDir java.nio.file.Path place) throws java.io.IOException {
        java.nio.file.Files.writeString(place.resolve("de-dev.tsv"), "a\tO\n");
        var identity = new dev.isogloss.plan.step.DatasetIdentity(
                "d",
                "1",
                dev.isogloss.api.data.DataFormat.WikiAnn,
                null,
                Map.of("de", Map.of("train", new SplitSource("dev", null, null))),
                null);
        var own = new dev.isogloss.api.data.LanguageFiles(
                "de", null, Map.of("train", new SplitSource("dev", null, null)));
        var files = new DataFiles(
                identity,
                new dev.isogloss.api.data.Location("file://" + place + "/{language}-{split}.tsv", null, null, null),
                List.of(own),
                ClaimFolders.withLinks(Map.of()));

        assertThat(files.file("de", "train").path()).isEqualTo(place.resolve("de-dev.tsv"));
    }

    @Test
    void texts_have_the_shares_that_were_asked_for() {
        Split skewed = Sample.of(
                REVIEWS, prior(Map.of("1", 0.1486, "2", 0.0643, "3", 0.0803, "4", 0.1928, "5", 0.514), null, 300));

        assertThat(skewed.size()).isBetween(299, 301);
        assertThat(share(skewed, "5")).isCloseTo(0.514, within(0.005));
        assertThat(share(skewed, "2")).isCloseTo(0.0643, within(0.005));
        assertThat(skewed.lines()).isSorted();
    }

    @Test
    void where_a_class_runs_out_the_sample_shrinks_and_keeps_the_shares() {
        Split sample = Sample.of(REVIEWS, prior(Map.of("1", 0.8, "3", 0.2), null, null));

        assertThat(sample.size()).isEqualTo(250);
        assertThat(share(sample, "1")).isCloseTo(0.8, within(1e-9));
    }

    @Test
    void a_prior_drawn_at_random_is_the_same_for_all_splits_of_a_language_and_another_for_another() {
        Split first = Sample.of(REVIEWS, prior(null, 1.0, 100));
        Split again = Sample.of(split("de", REVIEWS.examples()).named("test"), prior(null, 1.0, 100));
        Split other = Sample.of(split("fr", REVIEWS.examples()), prior(null, 1.0, 100));

        for (String label : List.of("1", "2", "3", "4", "5"))
            assertThat(share(again, label)).isCloseTo(share(first, label), within(1e-9));
        assertThat(again.lines()).isNotEqualTo(first.lines());
        assertThat(share(other, "1")).isNotEqualTo(share(first, "1"));
    }

    @Test
    void in_a_split_that_lacks_a_class_the_others_have_the_same_shares_among_themselves() {
        List<Example> rest = REVIEWS.examples().stream()
                .filter(review -> !"2".equals(((TextExample) review).label()))
                .toList();
        Split whole = Sample.of(REVIEWS, prior(null, 1.0, 100));
        Split lacking = Sample.of(split("de", rest).named("test"), prior(null, 1.0, 100));

        for (String label : List.of("1", "3", "4", "5"))
            assertThat(share(lacking, label)).isCloseTo(share(whole, label) / (1 - share(whole, "2")), within(0.015));
    }

    @Test
    void sentences_move_towards_the_prior() {
        Split sample = Sample.of(SENTENCES, prior(Map.of("O", 1.0), null, 100));

        assertThat(sample.size()).isEqualTo(100);
        assertThat(share(sample, "O")).isGreaterThan(share(SENTENCES, "O") + 0.05);
    }

    @Test
    void a_least_share_of_o_leaves_out_sentences_with_less() {
        Split half = Sample.of(SENTENCES, new SplitSource("train", null, null, null, 0.6, null));

        assertThat(half.size()).isEqualTo(100);
        assertThat(share(half, "O")).isEqualTo(1);
    }

    @Test
    void the_parts_of_a_partition_share_nothing_and_leave_nothing_out() {
        Set<String> seen = new HashSet<>();
        int size = 0;
        for (int part = 1; part <= 7; part++) {
            Split own = Sample.of(REVIEWS, new SplitSource("train", null, null, new Partition(7, part, 3), null, null));
            size += own.size();
            own.examples().forEach(example -> seen.add(example.id()));
        }

        assertThat(size).isEqualTo(1000);
        assertThat(seen).hasSize(1000);
    }

    @Test
    void what_cannot_be_drawn_is_said() {
        assertThatThrownBy(() -> Sample.of(REVIEWS, prior(Map.of("6", 1.0), null, null)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("prior.shares gives \"6\" a share, but")
                .hasMessageContaining("has no example of it; it has [1, 2, 3, 4, 5]");
        assertThatThrownBy(() -> Sample.of(REVIEWS, new SplitSource("train", null, null, null, 0.5, null)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("minOFraction is for tagging tasks");
        List<Example> unlabelled = new ArrayList<>(List.of(new TextExample("x", "text", null, null)));
        assertThatThrownBy(() -> Sample.of(split("de", unlabelled), prior(null, 1.0, null)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("has no label. A prior counts labels");
    }
}
