package dev.isogloss.trainer.step.measure;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.step.ProjectStep;
import dev.isogloss.plan.step.ProjectStep.ProjectedEncoder;
import dev.isogloss.report.Csv;
import dev.isogloss.result.Fact;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.analysis.Neighbourhood;
import dev.isogloss.trainer.analysis.TokenMeans;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.data.SynonymDictionary;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.statistics.PrincipalComponents;
import dev.isogloss.trainer.statistics.TSne;
import dev.isogloss.trainer.step.OpenedEncoder;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.step.StepOutput;
import dev.isogloss.trainer.step.inputs.Dictionaries;
import dev.isogloss.trainer.step.inputs.EncoderOpener;
import dev.isogloss.trainer.step.inputs.LabelledData;
import dev.isogloss.trainer.store.AtomicFiles;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Words or texts in the plane, encoder by encoder, written as `analysis/points.csv` with their vectors in
/// `analysis/vectors.csv`: nothing is trained.
public final class ProjectRunner {
    private static final int STEPS = 1000;
    private static final String HEADER = "stage,target,group,example,number,text,label,x,y\n";
    private static final String VECTORS_HEADER = "stage,target,group,example,number,vector\n";

    private final ProjectStep spec;
    private final StepInputs inputs;
    private final StringBuilder points = new StringBuilder(HEADER);
    private final StringBuilder vectors = new StringBuilder(VECTORS_HEADER);

    public ProjectRunner(ProjectStep spec, StepInputs inputs) {
        this.spec = spec;
        this.inputs = inputs;
    }

    public StepResult run() throws IOException {
        LabelledData data = new LabelledData(spec.data(), spec.task(), inputs);
        Map<String, Split> splits = new LinkedHashMap<>();
        for (String language : spec.languages())
            splits.put(language, data.split(language, spec.settings().split()));
        SynonymDictionary dictionary =
                spec.dictionary() == null ? null : SynonymDictionary.read(Dictionaries.file(spec.dictionary(), inputs));
        SpotFinder finder = new SpotFinder(spec, splits, dictionary);
        for (ProjectedEncoder each : spec.encoders()) {
            inputs.stopIfRequested("before the map of " + each.name());
            map(each, finder);
        }
        StepOutput output = inputs.prove();
        Path folder = output.folder().path().resolve("analysis");
        Files.createDirectories(folder);
        AtomicFiles.write(folder.resolve("points.csv"), points.toString());
        AtomicFiles.write(folder.resolve("vectors.csv"), vectors.toString());
        return output.result(List.of());
    }

    private void map(ProjectedEncoder each, SpotFinder finder) throws IOException {
        OpenedEncoder opened = EncoderOpener.open(each.encoder(), inputs);
        try (Encoder encoder = opened.encoder();
                Tokenizer tokenizer =
                        EncoderOpener.tokenizer(opened.tokenizer(), encoder, spec.maxLength(), inputs.journal())) {
            EncoderOpener.prepare(encoder, spec.maxLength(), "spec.encoder.maxLength", spec.precision(), inputs);
            int layers = encoder.config().layers();
            spec.settings().requireLayer(layers);
            List<Spot> spots = finder.of(each, tokenizer);
            double[][] x = TokenMeans.of(
                    encoder,
                    Objects.requireNonNullElse(spec.settings().layer(), layers),
                    spots.stream().map(Spot::stretch).toList(),
                    spec.precision());
            measure(each, spots, x, finder.pairs(spots));
            write(each, spots, x, plane(each, x));
        }
    }

    private double[][] plane(ProjectedEncoder each, double[][] x) {
        return switch (spec.settings().projection()) {
            case PrincipalComponents -> PrincipalComponents.scores(x, 2);
            case TSne -> {
                Double asked = spec.settings().perplexity();
                if (asked != null && asked >= x.length)
                    throw new InvalidInput(
                            "spec.stages: project.perplexity is %s, and there are %d points. Write a third of that at most."
                                    .formatted(asked, x.length));
                double perplexity = asked == null ? TSne.perplexity(x.length) : asked;
                TSne.Map map = TSne.of(x, perplexity, STEPS);
                inputs.journal().fact(Fact.Divergence, each.name(), map.divergence());
                yield map.points();
            }
        };
    }

    private void measure(ProjectedEncoder each, List<Spot> spots, double[][] x, List<int[]> pairs) {
        inputs.journal().fact(Fact.Points, each.name(), spots.size());
        List<String> groups = spots.stream().map(Spot::group).toList();
        if (!spec.settings().readsDictionary() && groups.stream().distinct().count() > 1)
            inputs.journal().fact(Fact.Mixing, each.name(), Neighbourhood.mixing(x, groups));
        if (!pairs.isEmpty())
            inputs.journal().fact(Fact.PairDistance, each.name(), Neighbourhood.pairDistance(x, pairs));
    }

    private void write(ProjectedEncoder each, List<Spot> spots, double[][] x, double[][] plane) {
        for (int i = 0; i < x.length; i++) {
            Spot spot = spots.get(i);
            points.append(Csv.line(
                    each.stage(),
                    each.target(),
                    spot.group(),
                    spot.example(),
                    spot.number(),
                    spot.text().replaceAll("[\\r\\n]+", " "),
                    spot.label(),
                    plane[i][0],
                    plane[i][1]));
            vectors.append(
                    Csv.line(each.stage(), each.target(), spot.group(), spot.example(), spot.number(), numbers(x[i])));
        }
    }

    /// Between blanks, as the 32 bits they were computed in.
    private static String numbers(double[] vector) {
        StringBuilder text = new StringBuilder();
        for (double number : vector) text.append(text.isEmpty() ? "" : " ").append((float) number);
        return text.toString();
    }
}
