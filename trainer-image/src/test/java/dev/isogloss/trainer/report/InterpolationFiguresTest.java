package dev.isogloss.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.report.BlendGeometry;
import dev.isogloss.report.BlendScore;
import dev.isogloss.report.Interpolations;
import dev.isogloss.trainer.figure.Figure;
import dev.isogloss.trainer.figure.Figure.HeatMap;
import dev.isogloss.trainer.figure.Figure.Line;
import dev.isogloss.trainer.figure.Figure.Lines;
import dev.isogloss.trainer.figure.Figure.Scatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InterpolationFiguresTest {

    private static BlendScore line(String target, String from, double alpha, String language, double score) {
        return new BlendScore("lines", target, 1L, List.of(from, "" + alpha), language, "Accuracy", score, 0.8);
    }

    private static Figure figure(Interpolations found, String what) {
        return figure(InterpolationFigures.of(found), what);
    }

    private static Figure figure(List<FigureSketch> figures, String what) {
        return figures.stream()
                .filter(sketch -> sketch.what().equals(what))
                .findFirst()
                .orElseThrow()
                .of()
                .apply("title");
    }

    private static Interpolations found(List<BlendScore> lines, List<BlendScore> planes, List<BlendGeometry> geometry) {
        return new Interpolations("x", 1, 1, lines, planes, geometry);
    }

    @Test
    void a_line_is_of_its_own_language_where_it_starts_from_a_model_of_that() {
        List<BlendScore> scores = new ArrayList<>();
        for (String target : List.of("de", "es"))
            for (double alpha : new double[] {0, 1}) {
                scores.add(line(target, "source", alpha, "en", 0.8));
                scores.add(line(target, "source", alpha, target, target.equals("de") ? 0.4 : 0.6));
                scores.add(line(target, "target", alpha, target, 0.72));
                scores.add(line(target, "target", alpha, "en", 0.2));
            }

        Lines figure = (Lines) figure(found(scores.reversed(), List.of(), List.of()), "scores between models");

        assertThat(figure.lines().stream().map(Line::name))
                .containsExactly(
                        "from source, own language",
                        "from source, other language",
                        "from target, own language",
                        "from target, other language");
        assertThat(figure.lines().get(0).points().getFirst().y()).isCloseTo(1, within(1e-12));
        assertThat(figure.lines().get(1).points()).allSatisfy(point -> {
            assertThat(point.y()).isCloseTo((0.5 + 0.75) / 2, within(1e-12));
            assertThat(point.low()).as("all draws of one pair").isCloseTo(0.5, within(1e-12));
            assertThat(point.high()).isCloseTo(0.75, within(1e-12));
        });
        assertThat(figure.lines().get(3).points().getFirst().y()).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void one_pair_alone_has_no_band() {
        Lines figure = (Lines) figure(
                found(List.of(line("de", "source", 0, "en", 0.8)), List.of(), List.of()), "scores between models");

        assertThat(figure.lines().getFirst().points().getFirst().low()).isNull();
    }

    @Test
    void a_plane_has_a_map_for_each_language_with_rows_of_the_second_axis() {
        List<BlendScore> plane = new ArrayList<>();
        for (double x : new double[] {-0.5, 0, 1})
            for (double y : new double[] {0, 1})
                plane.add(
                        new BlendScore("p", "de", 1L, List.of("" + x, "" + y), "en", "SpanF1", (x + 10 * y) / 20, 0.5));

        HeatMap map = (HeatMap) figure(found(List.of(), plane, List.of()), "p plane to de scored in en");

        assertThat(map.xs()).containsExactly(-0.5, 0, 1);
        assertThat(map.ys()).containsExactly(0, 1);
        assertThat(map.values()[1]).containsExactly(new double[] {0.95, 1, 1.1}, within(1e-12));
    }

    @Test
    void the_geometry_is_that_of_all_weights() {
        Scatter figure = (Scatter) figure(
                found(
                        List.of(),
                        List.of(),
                        List.of(
                                new BlendGeometry("l", "de", 1L, "all", 2, 4, 0.5, 55.0),
                                new BlendGeometry("l", "de", 1L, "head", 2, 4, 0.5, 90.0),
                                new BlendGeometry("l", "es", 1L, "all", 2, 0, null, null))),
                "geometry of the models");

        assertThat(figure.groups()).hasSize(1);
        assertThat(figure.groups().getFirst().places().getFirst()).containsExactly(55, 0.5);
    }

    /// By hand: the cells are 0.4/0.8, 0.6/0.8 and 0.72/0.8, whatever is scored.
    @Test
    void across_experiments_each_pair_of_languages_counts_the_same() {
        Interpolations two = found(
                List.of(line("de", "source", 0, "de", 0.4), line("es", "source", 0, "es", 0.6)), List.of(), List.of());
        Interpolations one = found(
                List.of(new BlendScore("lines", "de", 1L, List.of("source", "0.0"), "de", "SpanF1", 0.72, 0.8)),
                List.of(),
                List.of());

        Lines figure =
                (Lines) figure(InterpolationFigures.across("", together("a", two, "b", one)), "scores between models");

        assertThat(figure.lines()).hasSize(1);
        Figure.Point point = figure.lines().getFirst().points().getFirst();
        assertThat(point.y()).isCloseTo((0.5 + 0.75 + 0.9) / 3, within(1e-12));
        assertThat(point.low()).as("of 27 draws one is of the least alone").isCloseTo(0.5, within(1e-12));
        assertThat(point.high()).isCloseTo(0.9, within(1e-12));
    }

    @Test
    void across_experiments_a_place_that_one_of_them_lacks_is_left_out() {
        Interpolations fine = found(
                List.of(
                        line("de", "source", 0, "de", 0.4),
                        line("de", "source", 0.5, "de", 0.5),
                        line("de", "source", 1, "de", 0.8)),
                List.of(),
                List.of());
        Interpolations coarse = found(
                List.of(line("es", "source", 0, "es", 0.4), line("es", "source", 1, "es", 0.8)), List.of(), List.of());

        Lines figure = (Lines)
                figure(InterpolationFigures.across("", together("a", fine, "b", coarse)), "scores between models");

        assertThat(figure.lines().getFirst().points().stream().map(Figure.Point::x))
                .containsExactly(0.0, 1.0);
    }

    @Test
    void across_experiments_the_geometry_has_a_group_for_each() {
        BlendGeometry geometry = new BlendGeometry("l", "de", 1L, "all", 2, 4, 0.5, 55.0);
        Interpolations found =
                found(List.of(line("de", "source", 0, "de", 0.4)), List.of(), List.of(geometry, geometry));

        Scatter figure = (Scatter)
                figure(InterpolationFigures.across("", together("a", found, "b", found)), "geometry of the models");

        assertThat(figure.groups().stream().map(Figure.Group::name)).containsExactly("a", "b");
        assertThat(figure.groups().getFirst().places()).hasSize(2);
    }

    @Test
    void one_experiment_alone_has_nothing_across_experiments() {
        Interpolations found = found(List.of(line("de", "source", 0, "de", 0.4)), List.of(), List.of());

        assertThat(InterpolationFigures.across("", Map.of("a", found))).isEmpty();
    }

    private static Map<String, Interpolations> together(
            String first, Interpolations one, String second, Interpolations other) {
        Map<String, Interpolations> both = new LinkedHashMap<>();
        both.put(first, one);
        both.put(second, other);
        return both;
    }
}
