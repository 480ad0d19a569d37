package dev.isogloss.trainer.step.measure;

import dev.isogloss.api.task.Metric;
import dev.isogloss.plan.step.AnalyseStep;
import dev.isogloss.plan.step.AnalyseStep.AnalysedModel;
import dev.isogloss.report.Shifts;
import dev.isogloss.result.Fact;
import dev.isogloss.result.Score;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.analysis.ClassMeans;
import dev.isogloss.trainer.analysis.LastFeatures;
import dev.isogloss.trainer.analysis.PriorShift;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.step.ModelFiles;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.step.StepOutput;
import dev.isogloss.trainer.step.inputs.LabelledData;
import dev.isogloss.trainer.store.AtomicFiles;
import dev.isogloss.trainer.store.StoreJson;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.Task;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Looks at models side by side and writes `analysis/`: nothing is trained.
public final class AnalyseRunner {
    private final AnalyseStep spec;
    private final StepInputs inputs;
    private final Task task;
    private final LabelledData data;
    private final List<Shifts.Layer> layers = new ArrayList<>();
    private final List<Shifts.Point> points = new ArrayList<>();
    private final FurtherMeasures measures;
    private final Map<String, Double> firstShift = new HashMap<>();

    public AnalyseRunner(AnalyseStep spec, StepInputs inputs) {
        this.spec = spec;
        this.inputs = inputs;
        this.task = Task.of(spec.task());
        this.measures = new FurtherMeasures(spec);
        this.data = new LabelledData(spec.data(), spec.task().type(), inputs);
    }

    public StepResult run() throws IOException {
        Split train = data.split(spec.source(), "train");
        for (AnalysedModel studied : spec.models()) {
            try (Model model = ModelFiles.read(inputs.model(studied.model()));
                    Tokenizer tokenizer = Tokenizer.onDemand(model.tokenizer(), spec.maxLength())) {
                for (String split : spec.splits()) study(studied, split, train, model, tokenizer);
            }
        }
        StepOutput output = inputs.prove();
        Path folder = output.folder().path().resolve("analysis");
        write(folder, Shifts.of(layers, points));
        measures.write(folder);
        return output.result(List.of());
    }

    private void study(AnalysedModel studied, String name, Split train, Model model, Tokenizer tokenizer) {
        ClassMeans source = means(first(split(spec.source(), name)), model, tokenizer);
        for (String language : studied.languages()) {
            inputs.stopIfRequested("before " + name + " of " + language);
            Split target = split(language, name);
            ClassMeans means = means(first(target), model, tokenizer);
            double tv = PriorShift.totalVariation(prior(train, model.labels()), prior(target, model.labels()));
            for (String pooling : means.sums().keySet())
                add(studied, language, name, pooling, ClassMeans.shift(source, means, pooling), tv);
        }
        if (measures.areAsked()) measure(studied, name, model, tokenizer);
    }

    private void measure(AnalysedModel studied, String name, Model model, Tokenizer tokenizer) {
        Split whole = split(spec.source(), name);
        LastFeatures source = features(first(whole), model, tokenizer);
        for (String language : studied.languages()) {
            inputs.stopIfRequested("before further measures of " + name + " of " + language);
            Split target = split(language, name);
            measures.check(whole, target);
            measures.add(studied.stage(), language, name, source, features(first(target), model, tokenizer));
        }
    }

    private LastFeatures features(Split split, Model model, Tokenizer tokenizer) {
        return LastFeatures.of(model, items(split, model, tokenizer), spec.precision());
    }

    private Split split(String language, String name) {
        Split split = data.split(language, name);
        LabelSet.requireLabelled(split, AnalyseStep.UNLABELLED);
        return split;
    }

    /// The examples whose features are taken. Priors are counted over the whole split, as scores are.
    private Split first(Split split) {
        return split.size() <= spec.maxExamples() ? split : split.slice(0, spec.maxExamples());
    }

    private ClassMeans means(Split split, Model model, Tokenizer tokenizer) {
        return ClassMeans.of(model, items(split, model, tokenizer), spec.precision());
    }

    private List<Item> items(Split split, Model model, Tokenizer tokenizer) {
        return inputs.items().items(task, split, model.labels(), tokenizer, spec.maxLength());
    }

    private static double[] prior(Split split, LabelSet labels) {
        Map<String, Long> counts = LabelSet.count(split);
        double total = counts.values().stream().mapToLong(Long::longValue).sum();
        return labels.labels().stream()
                .mapToDouble(label -> counts.getOrDefault(label, 0L) / total)
                .toArray();
    }

    private void add(AnalysedModel studied, String language, String split, String pooling, double[] shift, double tv) {
        for (int layer = 0; layer < shift.length; layer++)
            layers.add(new Shifts.Layer(studied.stage(), language, split, pooling, layer, shift[layer]));
        double last = shift[shift.length - 1];
        String place = language + "." + split + "." + pooling;
        Double before = firstShift.putIfAbsent(place, last);
        Double gain = before == null ? null : Double.valueOf(1 - last / before);
        Metric metric = task.type().metrics().contains(Metric.MacroF1)
                ? Metric.MacroF1
                : task.type().metrics().getFirst();
        points.add(new Shifts.Point(
                studied.stage(),
                language,
                split,
                pooling,
                last,
                gain,
                tv,
                2 * tv,
                metric.name(),
                score(studied, language, split, metric)));
        inputs.journal().fact(Fact.Shift, studied.stage() + "." + place, last);
        if (gain != null) inputs.journal().fact(Fact.AlignmentGain, studied.stage() + "." + place, gain);
        inputs.journal().fact(Fact.PriorShift, language + "." + split, tv);
    }

    private @Nullable Double score(AnalysedModel studied, String language, String split, Metric metric) {
        return inputs.result(studied.evaluation()).scores().stream()
                .filter(score ->
                        score.language().equals(language) && score.split().equals(split) && score.metric() == metric)
                .map(Score::value)
                .findFirst()
                .orElse(null);
    }

    private static void write(Path folder, Shifts shifts) throws IOException {
        Files.createDirectories(folder);
        AtomicFiles.write(folder.resolve("layers.csv"), shifts.layersCsv());
        AtomicFiles.write(folder.resolve("points.csv"), shifts.pointsCsv());
        AtomicFiles.write(
                folder.resolve("analysis.json"),
                StoreJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(shifts));
    }
}
