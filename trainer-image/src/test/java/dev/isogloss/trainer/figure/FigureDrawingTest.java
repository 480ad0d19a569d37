package dev.isogloss.trainer.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.trainer.figure.Figure.Group;
import dev.isogloss.trainer.figure.Figure.HeatMap;
import dev.isogloss.trainer.figure.Figure.Histogram;
import dev.isogloss.trainer.figure.Figure.Line;
import dev.isogloss.trainer.figure.Figure.Lines;
import dev.isogloss.trainer.figure.Figure.Point;
import dev.isogloss.trainer.figure.Figure.Sample;
import dev.isogloss.trainer.figure.Figure.Scatter;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/// Pictures as what they are: XML, whose marks stand where the numbers say.
class FigureDrawingTest {
    private static final Lines LINES = new Lines(
            "scores",
            "α",
            "F1, per cent",
            List.of(
                    new Line("own", List.of(new Point(0, 80, 78.0, 82.0), new Point(1, 90, 89.0, 91.0))),
                    new Line("other", List.of(new Point(0, 60), new Point(0.5, 65), new Point(1, 70)))));
    private static final Scatter SCATTER = new Scatter(
            "map",
            "",
            "",
            List.of(new Group("en", List.of(new double[] {-3, 2})), new Group("de", List.of(new double[] {4, -1}))));
    private static final Histogram HISTOGRAM = new Histogram(
            "losses",
            "loss",
            "sentences",
            0.01,
            List.of(
                    new Sample("right", new double[] {0.001, 0.009, 0.02, 0.57}),
                    new Sample("wrong", new double[] {0.025, 0.0299})));
    private static final HeatMap MAP = new HeatMap(
            "plane",
            "α₁",
            "α₂",
            new double[] {0, 0.5, 1},
            new double[] {0, 1},
            new double[][] {{1, 2, 3}, {4, 5, Double.NaN}},
            "F1");

    static List<Figure> figures() {
        return List.of(LINES, SCATTER, HISTOGRAM, MAP);
    }

    private static Document parsed(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static List<Element> all(Document document, String tag) {
        NodeList nodes = document.getElementsByTagName(tag);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    @ParameterizedTest
    @MethodSource("figures")
    void a_picture_is_sound_xml_with_its_words_as_text(Figure figure) throws Exception {
        Document document = parsed(FigureDrawing.svg(figure));

        List<String> texts =
                all(document, "text").stream().map(Element::getTextContent).toList();
        assertThat(texts).contains(figure.title(), figure.xLabel(), figure.yLabel());
        assertThat(FigureDrawing.svg(figure)).doesNotContain("NaN", "Infinity");
    }

    /// In a language that writes decimals with commas, too.
    @ParameterizedTest
    @MethodSource("figures")
    void a_picture_has_the_same_bytes_wherever_it_is_drawn(Figure figure) {
        String here = FigureDrawing.svg(figure);
        Locale usual = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(FigureDrawing.svg(figure)).isEqualTo(here);
        } finally {
            Locale.setDefault(usual);
        }
    }

    @Test
    void higher_numbers_stand_higher_and_equal_steps_are_equally_wide() throws Exception {
        List<Element> marks = all(parsed(FigureDrawing.svg(LINES)), "circle");

        assertThat(marks).hasSize(5);
        assertThat(number(marks.get(0), "cy")).isGreaterThan(number(marks.get(1), "cy"));
        assertThat(number(marks.get(2), "cx")).isEqualTo(number(marks.get(0), "cx"));
        double half = number(marks.get(3), "cx") - number(marks.get(2), "cx");
        assertThat(number(marks.get(4), "cx") - number(marks.get(3), "cx")).isCloseTo(half, within(0.11));
        double low = number(marks.get(2), "cy") - number(marks.get(3), "cy");
        assertThat(number(marks.get(3), "cy") - number(marks.get(4), "cy")).isCloseTo(low, within(0.11));
    }

    @Test
    void lines_are_told_apart_by_colour_and_dashes_and_named_in_the_legend() throws Exception {
        Document document = parsed(FigureDrawing.svg(LINES));

        List<String> strokes = all(document, "path").stream()
                .filter(path -> path.getAttribute("stroke-width").equals("1.8"))
                .map(path -> path.getAttribute("stroke") + path.getAttribute("stroke-dasharray"))
                .distinct()
                .toList();
        assertThat(strokes).hasSize(2);
        assertThat(all(document, "text").stream().map(Element::getTextContent)).contains("own", "other");
    }

    @Test
    void a_band_is_drawn_where_a_spread_is_known_and_nowhere_else() throws Exception {
        List<Element> bands = all(parsed(FigureDrawing.svg(LINES)), "path").stream()
                .filter(path -> path.getAttribute("fill-opacity").equals("0.18"))
                .toList();

        assertThat(bands).hasSize(1);
        assertThat(bands.getFirst().getAttribute("d").split("L")).hasSize(4);
    }

    /// A digit of 12 pixels is 7.6 wide in a wide font; the name of the axis stands on its side, up to 20.
    @ParameterizedTest
    @ValueSource(doubles = {1, 0.0015, 0.00015, 0.0000015, 150_000})
    void the_ticks_of_small_and_large_numbers_do_not_reach_the_name_of_the_axis(double most) throws Exception {
        Lines lines = new Lines(
                "variance", "α", "variance", List.of(new Line("", List.of(new Point(0, 0), new Point(1, most)))));

        List<Element> ticks = all(parsed(FigureDrawing.svg(lines)), "text").stream()
                .filter(text -> text.getAttribute("text-anchor").equals("end"))
                .toList();

        assertThat(ticks).hasSizeGreaterThan(3);
        for (Element tick : ticks)
            assertThat(number(tick, "x") - 7.6 * tick.getTextContent().length())
                    .as(tick.getTextContent())
                    .isGreaterThan(20);
    }

    @Test
    void small_numbers_are_told_by_four_digits_and_others_by_four_decimals() {
        Lines lines = new Lines(
                "v",
                "α",
                "v",
                List.of(new Line(
                        "a",
                        List.of(
                                new Point(0, 0),
                                new Point(0.1, 0.00003141592),
                                new Point(0.2, -0.0020000001),
                                new Point(0.3, 76.24999)))));

        assertThat(FigureDrawing.svg(lines))
                .contains("a: 0, 0<", "a: 0.1, 0.00003142<", "a: 0.2, -0.002<", "a: 0.3, 76.25<");
    }

    /// What stands below stays within the picture, and two legend entries never share a place.
    @Test
    void many_long_names_stand_in_rows_within_the_picture() throws Exception {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < 12; i++)
            lines.add(new Line("a model with quite a long name " + i, List.of(new Point(0, i), new Point(1, i))));
        Document document = parsed(FigureDrawing.svg(new Lines("many", "x", "y", lines)));

        List<Element> names = all(document, "text").stream()
                .filter(text -> text.getTextContent().startsWith("a model"))
                .toList();
        assertThat(names).hasSize(12);
        assertThat(names.stream().map(name -> name.getAttribute("x") + " " + name.getAttribute("y")))
                .doesNotHaveDuplicates();
        double height = number(document.getDocumentElement(), "height");
        assertThat(names).allMatch(name -> number(name, "y") < height);
    }

    /// A line of 13 pixels holds some 76 letters between the axis and the edge.
    @Test
    void a_long_title_is_broken_into_lines_above_the_axes() throws Exception {
        String title =
                "an experiment with a long name: score by strategy.triTraining.distillation.fraction, as another";
        Document document = parsed(FigureDrawing.svg(new Scatter(title, "x", "y", SCATTER.groups())));

        List<Element> lines = all(document, "text").stream()
                .filter(text -> text.getAttribute("font-weight").equals("600"))
                .toList();
        assertThat(lines.stream().map(Element::getTextContent))
                .containsExactly(
                        "an experiment with a long name: score by",
                        "strategy.triTraining.distillation.fraction, as another");
        Document usual = parsed(FigureDrawing.svg(SCATTER));
        double taller = number(document.getDocumentElement(), "height") - number(usual.getDocumentElement(), "height");
        assertThat(taller).isEqualTo(number(lines.get(1), "y") - number(lines.get(0), "y"));
        assertThat(firstMark(document)).isCloseTo(firstMark(usual) + taller, within(0.11));
    }

    /// The height of the first disc.
    private static double firstMark(Document scatter) {
        String way = all(scatter, "path").stream()
                .filter(path -> path.getAttribute("stroke-linecap").equals("round"))
                .findFirst()
                .orElseThrow()
                .getAttribute("d");
        return Double.parseDouble(way.substring(way.indexOf(' ') + 1, way.indexOf('h')));
    }

    @Test
    void groups_of_points_are_told_apart_by_colour_and_shape() throws Exception {
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < 28; i++) groups.add(new Group("group " + i, List.of(new double[] {i, i})));
        Document document = parsed(FigureDrawing.svg(new Scatter("many", "x", "y", groups)));

        List<String> marks = all(document, "path").stream()
                .filter(path -> path.hasAttribute("fill-opacity") || path.hasAttribute("stroke-linecap"))
                .map(path -> path.getAttribute("d").replaceAll("^M\\S+ -?[0-9.]+", "")
                        + path.getAttribute("fill")
                        + path.getAttribute("stroke"))
                .toList();
        assertThat(marks).as("in the picture and in the legend").hasSize(2 * 28);
        assertThat(marks.subList(0, 28)).doesNotHaveDuplicates();
        assertThat(all(document, "text").stream().map(Element::getTextContent)).contains("group 0", "group 27");
    }

    @Test
    void the_bars_of_a_histogram_stand_on_0_and_are_as_high_as_values_are_many() throws Exception {
        List<Element> outlines = all(parsed(FigureDrawing.svg(HISTOGRAM)), "path").stream()
                .filter(path -> path.getAttribute("stroke-width").equals("1.8"))
                .filter(path -> path.getAttribute("d").contains("V"))
                .toList();

        assertThat(outlines).hasSize(2);
        String right = outlines.getFirst().getAttribute("d");
        String floor = right.substring(right.indexOf(' ') + 1, right.indexOf('V'));
        double two = Double.parseDouble(right.substring(right.indexOf('V') + 1, right.indexOf('H')));
        assertThat(right).startsWith("M66 ").endsWith("V" + floor);
        assertThat(right.split("V" + floor + "H", -1))
                .as("an empty interval, and 54 of them")
                .hasSize(2 + 54);
        assertThat(outlines.getLast().getAttribute("d")).contains("V" + FigureDrawingTest.shown(two) + "H");
        assertThat(outlines.getFirst().getAttribute("stroke-dasharray"))
                .isNotEqualTo(outlines.getLast().getAttribute("stroke-dasharray"));
    }

    private static String shown(double pixels) {
        return Svg.n(pixels);
    }

    @Test
    void a_cell_without_a_value_is_left_out_of_the_map() throws Exception {
        List<Element> cells = all(parsed(FigureDrawing.svg(MAP)), "rect").stream()
                .filter(cell -> cell.getElementsByTagName("title").getLength() > 0)
                .toList();

        assertThat(cells.stream().map(Element::getTextContent))
                .containsExactly("0, 0: 1", "0.5, 0: 2", "1, 0: 3", "0, 1: 4", "0.5, 1: 5");
        assertThat(cells.stream().map(cell -> cell.getAttribute("fill"))).doesNotHaveDuplicates();
        assertThat(number(cells.get(0), "y")).as("rows rise").isGreaterThan(number(cells.get(3), "y"));
    }

    @Test
    void names_that_mean_something_to_xml_are_only_names() throws Exception {
        Figure figure =
                new Lines("a < b & \"c\" \u0000", "x", "y", List.of(new Line("<script>", List.of(new Point(0, 1)))));

        Document document = parsed(FigureDrawing.svg(figure));

        assertThat(all(document, "text").getFirst().getTextContent()).isEqualTo("a < b & \"c\" ");
        assertThat(all(document, "script")).isEmpty();
    }

    @Test
    void the_table_of_a_figure_has_every_number_in_full() {
        assertThat(FigureTable.csv(LINES)).isEqualTo("""
                        line,x,y,low,high
                        own,0.0,80.0,78.0,82.0
                        own,1.0,90.0,89.0,91.0
                        other,0.0,60.0,,
                        other,0.5,65.0,,
                        other,1.0,70.0,,
                        """);
        assertThat(FigureTable.csv(SCATTER)).isEqualTo("group,x,y\nen,-3.0,2.0\nde,4.0,-1.0\n");
        assertThat(FigureTable.csv(HISTOGRAM)).isEqualTo("""
                        sample,from,to,count
                        right,0.0,0.01,2
                        right,0.02,0.03,1
                        right,0.57,0.58,1
                        wrong,0.02,0.03,2
                        """);
        assertThat(FigureTable.csv(MAP))
                .hasLineCount(6)
                .startsWith("x,y,value\n0.0,0.0,1.0\n")
                .endsWith("0.5,1.0,5.0\n");
    }

    @Test
    void a_figure_without_numbers_is_empty() {
        assertThat(new Lines("t", "x", "y", List.of(new Line("none", List.of()))).isEmpty())
                .isTrue();
        assertThat(new Scatter("t", "x", "y", List.of()).isEmpty()).isTrue();
        assertThat(new Histogram("t", "x", "y", 1, List.of(new Sample("none", new double[0]))).isEmpty())
                .isTrue();
        assertThat(new HeatMap("t", "x", "y", new double[0], new double[0], new double[0][], "l").isEmpty())
                .isTrue();
        assertThat(figures()).noneMatch(Figure::isEmpty);
    }
}
