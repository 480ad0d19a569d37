package dev.isogloss.trainer.step.train;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.step.SemanticAlignmentStep;
import dev.isogloss.result.Fact;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.method.language.SemanticAlignmentMethod;
import dev.isogloss.trainer.method.language.SemanticAlignmentMethod.Translated;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.step.inputs.BilingualTexts;
import dev.isogloss.trainer.step.inputs.EarlyStopOfRounds;
import dev.isogloss.trainer.step.inputs.ItemReader;
import dev.isogloss.trainer.step.inputs.LabelledData;
import dev.isogloss.trainer.step.inputs.OverlapCounts;
import dev.isogloss.trainer.step.train.ModelTraining.Recipe;
import dev.isogloss.trainer.step.train.ModelTraining.Started;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The second phase of language adaptation: the model of the first goes on over translated texts alone.
public final class SemanticAlignmentRunner {
    private final SemanticAlignmentStep spec;
    private final StepInputs inputs;
    private final LabelledData data;

    public SemanticAlignmentRunner(SemanticAlignmentStep spec, StepInputs inputs) {
        this.spec = spec;
        this.inputs = inputs;
        this.data = new LabelledData(spec.data(), spec.task().type(), inputs);
    }

    public StepResult run() throws IOException {
        if (EarlyStopOfRounds.keptItsModel(spec.model(), inputs))
            return EarlyStopOfRounds.keep(
                    spec.model(), inputs.result(spec.model()).facts(), inputs);
        return new ModelTraining(Task.of(spec.task()), spec.maxLength(), spec.precision(), inputs)
                .run(inputs.takeModel(spec.model()), this::read);
    }

    private Recipe read(Model model, ItemReader reader) {
        List<Split> gold = spec.languages().stream()
                .map(language -> data.read(language, "train"))
                .toList();
        BilingualTexts texts =
                BilingualTexts.read(spec.translations(), spec.task().type(), gold, model.labels(), spec.seed(), inputs);
        List<Translated> translated = translated(texts, reader);
        inputs.journal().fact(Fact.TranslatedTexts, translated.size());
        inputs.journal()
                .fact(
                        Fact.Translations,
                        translated.stream()
                                .mapToDouble(text -> text.translations().size())
                                .sum());
        CheckpointScoring scoring = CheckpointScoring.read(
                spec.selection().isScored(),
                spec.selection(),
                null,
                spec.languages(),
                data,
                reader,
                new OverlapCounts(List.of(), inputs.journal()));
        return new Recipe(
                translated.stream().flatMap(SemanticAlignmentRunner::items).toList(),
                scoring,
                _ -> new Started(new SemanticAlignmentMethod(
                        model,
                        translated,
                        spec.settings(),
                        spec.optimiser(),
                        spec.dropout(),
                        spec.precision(),
                        spec.seed())));
    }

    private static Stream<Item> items(Translated text) {
        return Stream.concat(Stream.of(text.text()), text.translations().stream());
    }

    private static List<Translated> translated(BilingualTexts texts, ItemReader reader) {
        List<Item> sources = reader.readOnce(texts.sources());
        List<Item> targets = reader.readOnce(texts.translations());
        List<Translated> translated = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < sources.size(); i++) {
            int to = next + texts.texts().get(i).translations().size();
            translated.add(new Translated(sources.get(i), targets.subList(next, to)));
            next = to;
        }
        if (sources.stream().mapToInt(item -> item.targets()[0]).distinct().count() < 2)
            throw new InvalidInput("All translated texts have one label, and semantic alignment needs texts of another"
                    + " beside each. Raise languageAdaptation's translations, or set alignment.semantic.epochs to 0.");
        return translated;
    }
}
