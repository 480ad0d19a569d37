package dev.isogloss.trainer.step.measure;

import dev.isogloss.plan.step.InterpolateStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.report.Csv;
import dev.isogloss.result.Fact;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.analysis.BlendedModel;
import dev.isogloss.trainer.analysis.ModelTriangle;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.step.StepOutput;
import dev.isogloss.trainer.step.inputs.ItemReader;
import dev.isogloss.trainer.step.inputs.LabelledData;
import dev.isogloss.trainer.step.inputs.SameLabels;
import dev.isogloss.trainer.step.measure.GridPoint.Blends;
import dev.isogloss.trainer.step.measure.ScoredModels.LanguageScore;
import dev.isogloss.trainer.store.AtomicFiles;
import dev.isogloss.trainer.store.StoreJson;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.Prediction;
import dev.isogloss.trainer.task.Predictor;
import dev.isogloss.trainer.task.Task;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// The scores of the models on two lines, or in the plane, between three, written as `analysis/line.csv` or
/// `plane.csv`, with those of the model of both languages in `both.csv` and how the three lie in `geometry.json`.
/// Nothing is trained.
///
/// In memory are the weights of the three, and of the one that is scored.
public final class InterpolateRunner {
    private static final List<String> MODELS = List.of("source", "target", "both");

    private final InterpolateStep spec;
    private final StepInputs inputs;
    private final Task task;
    private final SequencedMap<String, Split> splits = new LinkedHashMap<>();
    private final SequencedMap<String, List<Item>> items = new LinkedHashMap<>();

    public InterpolateRunner(InterpolateStep spec, StepInputs inputs) {
        this.spec = spec;
        this.inputs = inputs;
        this.task = Task.of(spec.task());
    }

    public StepResult run() throws IOException {
        List<Model> models = new ArrayList<>();
        try {
            for (StepKey key : spec.models()) models.add(inputs.takeModel(key));
            read(models);
            Map<String, ModelTriangle> triangles = triangles(models);
            try (BlendedModel blended = BlendedModel.of(
                    models, items.values().stream().flatMap(List::stream).toList())) {
                models.clear();
                return measured(blended, triangles);
            }
        } finally {
            models.forEach(Model::close);
        }
    }

    /// The examples that are scored, by language.
    private void read(List<Model> models) {
        SequencedMap<String, List<String>> labels = new LinkedHashMap<>();
        for (int i = 0; i < MODELS.size(); i++)
            labels.put(MODELS.get(i), models.get(i).labels().labels());
        SameLabels.require(labels);
        LabelledData data = new LabelledData(spec.data(), spec.task().type(), inputs);
        Model first = models.getFirst();
        try (Tokenizer tokenizer = Tokenizer.onDemand(first.tokenizer(), spec.maxLength())) {
            ItemReader reader =
                    new ItemReader(task, first.labels(), tokenizer, spec.maxLength(), inputs.items(), inputs.journal());
            for (String language : spec.languages()) {
                Split whole = data.split(language, spec.split());
                LabelSet.requireLabelled(whole, InterpolateStep.UNLABELLED);
                first.labels().require(whole);
                Split scored = whole.size() <= spec.maxExamples() ? whole : whole.slice(0, spec.maxExamples());
                splits.put(language, scored);
                items.put(language, reader.read(scored));
            }
        }
    }

    /// Over whole word tables; what is scored reads a part of them.
    private Map<String, ModelTriangle> triangles(List<Model> models) {
        ModelTriangle encoder = ModelTriangle.ofEncoders(models);
        ModelTriangle head = ModelTriangle.ofHeads(models);
        ModelTriangle all = encoder.plus(head);
        inputs.journal().fact(Fact.NormSource, all.normSource());
        inputs.journal().fact(Fact.NormTarget, all.normTarget());
        inputs.journal().fact(Fact.Ratio, all.ratio());
        inputs.journal().fact(Fact.Degrees, all.degrees());
        Map<String, ModelTriangle> triangles = new LinkedHashMap<>();
        triangles.put("all", all);
        triangles.put("encoder", encoder);
        triangles.put("head", head);
        return triangles;
    }

    private StepResult measured(BlendedModel blended, Map<String, ModelTriangle> triangles) throws IOException {
        List<GridPoint> points = GridPoint.of(spec);
        Set<Blends> models = new LinkedHashSet<>(List.of(Blends.BOTH));
        points.forEach(point -> models.add(point.model()));
        StepOutput output = inputs.prove();
        ScoredModels scored = new ScoredModels(output.folder().checkpoint().resolve("points.jsonl"));
        score(blended, models, scored, output);
        inputs.journal().fact(Fact.Points, models.size());
        write(output.folder().path().resolve("analysis"), points, scored, triangles);
        return output.result(List.of());
    }

    private void score(BlendedModel blended, Set<Blends> models, ScoredModels scored, StepOutput output)
            throws IOException {
        int before = scored.size();
        if (before > 0) inputs.journal().note("%,d of %,d models were scored before".formatted(before, models.size()));
        long each = items.values().stream().mapToLong(List::size).sum();
        long started = System.nanoTime();
        for (Blends model : models) {
            if (scored.of(model).isPresent()) continue;
            inputs.stopIfRequested("after %,d of %,d models".formatted(scored.size(), models.size()));
            blended.blend(model.encoder(), model.head());
            long done = each * scored.size();
            long earlier = each * before;
            List<LanguageScore> its = scores(blended.model(), more -> {
                double seconds = Math.max(1e-9, (System.nanoTime() - started) / 1e9);
                inputs.journal().progress(done + more, each * models.size(), (done + more - earlier) / seconds);
            });
            scored.add(model, its);
            output.keepCheckpoint();
        }
    }

    private List<LanguageScore> scores(Model model, LongConsumer progress) {
        List<LanguageScore> scores = new ArrayList<>();
        long[] done = {0};
        splits.forEach((language, split) -> {
            List<Item> its = items.getOrDefault(language, List.of());
            List<float[][]> probabilities =
                    Predictor.probabilities(model, its, spec.precision(), more -> progress.accept(done[0] + more));
            done[0] += its.size();
            List<Prediction> predictions = task.predictions(split, its, probabilities, model.labels());
            task.scores(split, predictions, model.labels())
                    .forEach((metric, value) -> scores.add(new LanguageScore(language, metric, value)));
        });
        return scores;
    }

    private void write(Path folder, List<GridPoint> points, ScoredModels scored, Map<String, ModelTriangle> triangles)
            throws IOException {
        StringBuilder table = new StringBuilder(
                spec.line() != null
                        ? "from,alpha,language,metric,score\n"
                        : "alphaSource,alphaTarget,language,metric,score\n");
        for (GridPoint point : points)
            for (LanguageScore each : scored.of(point.model()).orElseThrow())
                table.append(Csv.line(
                        point.place().get(0), point.place().get(1), each.language(), each.metric(), each.score()));
        StringBuilder both = new StringBuilder("language,metric,score\n");
        for (LanguageScore each : scored.of(Blends.BOTH).orElseThrow())
            both.append(Csv.line(each.language(), each.metric(), each.score()));
        Map<String, Geometry> geometry = new LinkedHashMap<>();
        triangles.forEach((part, triangle) -> geometry.put(part, Geometry.of(triangle)));
        Files.createDirectories(folder);
        AtomicFiles.write(folder.resolve(spec.line() != null ? "line.csv" : "plane.csv"), table.toString());
        AtomicFiles.write(folder.resolve("both.csv"), both.toString());
        AtomicFiles.write(
                folder.resolve("geometry.json"),
                StoreJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(geometry));
    }

    /// A triangle in JSON, which has no word for what is no number.
    private record Geometry(
            double normSource,
            double normTarget,
            @Nullable Double ratio,
            @Nullable Double degrees) {
        static Geometry of(ModelTriangle triangle) {
            return new Geometry(
                    triangle.normSource(), triangle.normTarget(), number(triangle.ratio()), number(triangle.degrees()));
        }

        private static @Nullable Double number(double value) {
            return Double.isFinite(value) ? value : null;
        }
    }
}
