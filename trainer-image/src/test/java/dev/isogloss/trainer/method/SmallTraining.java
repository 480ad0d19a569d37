package dev.isogloss.trainer.method;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.AdversarialAlign;
import dev.isogloss.api.method.AdversarialTraining;
import dev.isogloss.api.method.BatchOrder;
import dev.isogloss.api.method.Distill;
import dev.isogloss.api.method.Ear;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.method.Iwda;
import dev.isogloss.api.method.LabelAlignment;
import dev.isogloss.api.method.LabelAlignment.AlignedTexts;
import dev.isogloss.api.method.MethodSettings;
import dev.isogloss.api.method.Optimiser;
import dev.isogloss.api.method.Pretrain;
import dev.isogloss.api.method.RandomizedSmoothing;
import dev.isogloss.api.method.RankTranslations;
import dev.isogloss.api.method.Schedule;
import dev.isogloss.api.method.SelfTrain;
import dev.isogloss.api.method.SemanticAlignment;
import dev.isogloss.api.method.TrainingSettings;
import dev.isogloss.api.task.Head;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.manifest.SettingsReader;
import dev.isogloss.trainer.method.adversarial.AdversarialAlignment;
import dev.isogloss.trainer.method.distill.Distillation;
import dev.isogloss.trainer.method.finetune.AuxiliaryObjective;
import dev.isogloss.trainer.method.finetune.FineTuning;
import dev.isogloss.trainer.method.finetune.SupervisedLoss;
import dev.isogloss.trainer.method.iwda.GoldPrior;
import dev.isogloss.trainer.method.iwda.ImportanceWeightedAlignment;
import dev.isogloss.trainer.method.iwda.SourceAndTarget;
import dev.isogloss.trainer.method.language.LabelAlignmentLoss;
import dev.isogloss.trainer.method.language.SemanticAlignmentMethod;
import dev.isogloss.trainer.method.language.SemanticAlignmentMethod.Translated;
import dev.isogloss.trainer.method.language.TranslationRanking;
import dev.isogloss.trainer.method.language.TranslationRanking.Pair;
import dev.isogloss.trainer.method.pretrain.MaskedLanguageModelling;
import dev.isogloss.trainer.method.pretrain.TokenMasking;
import dev.isogloss.trainer.method.pretrain.TokenSequence;
import dev.isogloss.trainer.method.robust.AdversarialObjective;
import dev.isogloss.trainer.method.robust.EarLoss;
import dev.isogloss.trainer.method.robust.SmoothingNoise;
import dev.isogloss.trainer.method.selftraining.SelfTrainingMethod;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.Predictor;
import dev.isogloss.trainer.task.UnlabelledItems;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/// Trainings of every method on the data of [TinyTransfer], each with settings that make every term count.
enum SmallTraining {
    FineTuning("learningRate: 2e-3, epochs: 3, gradientAccumulation: 2, headDropout: 0.4", SmallTraining::fineTuning),
    FineTuningOfWords(
            "learningRate: 2e-3, epochs: 3, sources: OnePerBatch, samplingExponent: 0.5, labelSmoothing: 0.1,"
                    + " confidencePenalty: 0.1, penaltyOver: Tokens",
            SmallTraining::fineTuning),
    LabelAlignment("learningRate: 2e-3, epochs: 3", SmallTraining::labelAlignment),
    Robust("learningRate: 2e-3, epochs: 3", robust("ear: {layer: 1, reduction: Sum}")),
    RobustByTheAuthorsCode("learningRate: 2e-3, epochs: 3", robust("ear: {layer: 2, preset: AuthorsCode}")),
    RobustAgainstNoise("learningRate: 2e-3, epochs: 3", robust("ear: {layer: 2, push: Noise, pull: Sentence}")),
    RobustForWords("learningRate: 2e-3, epochs: 3", robust("ear: {layer: 2, reduction: Sum}")),
    Smoothing("learningRate: 2e-3, epochs: 3", robust("randomizedSmoothing: {noise: 0.3}")),
    SmoothingInABall("learningRate: 2e-3, epochs: 3", robust("randomizedSmoothing: {noise: 2, distribution: Ball}")),
    AdversarialAscent("learningRate: 2e-3, epochs: 3", robust("adversarialTraining: {radius: 1, clean: true}")),
    AdversarialStepForWords(
            "learningRate: 2e-3, epochs: 3", robust("adversarialTraining: {perturb: WordTable, radius: 1, steps: 1}")),
    SemanticAlignment("", SmallTraining::semanticAlignment),
    TranslationRanking("", SmallTraining::ranking),
    Pretraining(
            "learningRate: 2e-3, epochs: 2, gradientAccumulation: 2, samplingExponent: 0.5, masking: {fraction: 0.4}",
            SmallTraining::pretraining),
    Distillation("learningRate: 2e-3, epochs: 2, frozenLayers: 0", SmallTraining::distillation),
    SelfTraining("learningRate: 2e-3, epochs: 2, fraction: 0.3", SmallTraining::selfTraining),
    SelfTrainingAnew(
            "learningRate: 2e-3, select: PerClass, perClass: 2, rounds: 3, restart: true", SmallTraining::selfTraining),
    AdversarialAlignment(
            "learningRate: 2e-3, epochs: 3, generatorLearningRate: 2e-3, discriminatorLearningRate: 1e-2",
            SmallTraining::adversarial),
    AdversarialAlignmentOfWords(
            "learningRate: 2e-3, epochs: 3, generatorLearningRate: 2e-3, discriminatorLearningRate: 1e-2, reads: Words",
            SmallTraining::adversarial),
    Alignment(
            "learningRate: 2e-3, epochs: 3, lambdaAlign: 0.5, criticWidth: 16, gradientPenalty: 5, initialExamples: 9",
            SmallTraining::alignment),
    AlternatingAlignment(
            "learningRate: 2e-3, epochs: 9, lambdaAlign: 0.5, criticWidth: 16, criticSteps: 2, preset: AuthorsCode,"
                    + " distance: JensenShannon",
            SmallTraining::alignment),
    KernelAlignmentOfWords(
            "learningRate: 2e-3, epochs: 3, lambdaAlign: 0.5, distance: KernelMmd, importanceWeights: Oracle",
            SmallTraining::alignment);

    private static final String USUAL = "batchSize: 6, dropout: 0.2, ";
    private static final int PADDED = 12; // a width that no text has
    private static final Optimiser OPTIMISER = new Optimiser(0.01, 0.9, 0.999, 1e-8, 0, Schedule.Linear, 0.1);

    private final String settings;
    private final BiFunction<Model, SmallTraining, Method> method;

    SmallTraining(String settings, BiFunction<Model, SmallTraining, Method> method) {
        this.settings = settings;
        this.method = method;
    }

    Method on(Model model) {
        return method.apply(model, this);
    }

    boolean readsWords() {
        return name().endsWith("Words");
    }

    <S extends MethodSettings> S settings(Class<S> type) {
        return SettingsReader.of(type, "{" + USUAL + settings + "}");
    }

    List<Item> source() {
        return readsWords() ? TinyTransfer.words(TinyTransfer.source()) : TinyTransfer.source();
    }

    List<Item> target() {
        return readsWords() ? TinyTransfer.words(TinyTransfer.target()) : TinyTransfer.target();
    }

    UnlabelledItems unlabelled() {
        return new UnlabelledItems(target());
    }

    private static Method fineTuning(Model model, SmallTraining training) {
        List<List<Item>> sources =
                List.of(training.source().subList(0, 14), training.source().subList(14, 20));
        return new FineTuning(
                model, sources, training.settings(FineTune.class), Precision.Float32, 1, AuxiliaryObjective.NONE);
    }

    private static Method labelAlignment(Model model, SmallTraining training) {
        var beside = new LabelAlignmentLoss(
                new LabelAlignment(AlignedTexts.Labelled, 0.5, 0.3),
                training.source().size());
        return new FineTuning(
                model,
                List.of(training.source(), training.target()),
                training.settings(FineTune.class),
                Precision.Float32,
                1,
                beside);
    }

    /// @param stage one setting of a manifest's stage
    private static BiFunction<Model, SmallTraining, Method> robust(String stage) {
        return (model, training) -> {
            FineTune settings = training.settings(FineTune.class);
            SupervisedLoss head =
                    SupervisedLoss.of(model, settings, Precision.Float32, stage.contains("AuthorsCode") ? PADDED : 0);
            String given = stage.substring(stage.indexOf('{'));
            AuxiliaryObjective objective =
                    switch (stage.substring(0, stage.indexOf(':'))) {
                        case "ear" ->
                            new EarLoss(
                                    SettingsReader.of(Ear.class, given).resolved(), copies(training.source()), head, 1);
                        case "randomizedSmoothing" ->
                            new SmoothingNoise(SettingsReader.of(RandomizedSmoothing.class, given), 1);
                        default ->
                            AdversarialObjective.of(
                                    SettingsReader.of(AdversarialTraining.class, given)
                                            .resolved()
                                            .perturbation(),
                                    head);
                    };
            return new FineTuning(model, List.of(training.source()), settings, Precision.Float32, 1, objective);
        };
    }

    /// Of each text with its third word changed, and of every other one a word more.
    private static List<Item> copies(List<Item> texts) {
        return texts.stream()
                .map(item -> {
                    int[] ids = Arrays.copyOf(item.ids(), item.length() + item.example() % 2);
                    ids[2] = 59 - ids[2];
                    ids[ids.length - 1] = 7;
                    int[] types = new int[ids.length];
                    return new Item(item.example(), ids, types, item.positions(), item.first(), item.targets());
                })
                .toList();
    }

    private static Method semanticAlignment(Model model, SmallTraining training) {
        List<Item> others = training.target();
        List<Translated> texts = training.source().stream()
                .map(item -> new Translated(item, others.subList(item.example() % 8, item.example() % 8 + 2)))
                .toList();
        return new SemanticAlignmentMethod(
                model, texts, new SemanticAlignment(2, 2e-3, 0.5, 0.3, 3), OPTIMISER, 0.2, Precision.Float32, 1);
    }

    private static Method ranking(Model model, SmallTraining training) {
        List<TokenSequence> texts = sequences(training.source());
        List<TokenSequence> others = sequences(training.target());
        List<Pair> pairs = IntStream.range(0, others.size())
                .mapToObj(i -> new Pair(texts.get(i), others.get(i)))
                .toList();
        TrainingSettings usual = new TrainingSettings(4, null, 6, 0.2, BatchOrder.LengthBuckets, OPTIMISER);
        return new TranslationRanking(
                model.encoder(), pairs, new RankTranslations(usual, 16, 2e-3, 0.3, 20), Precision.Float32, 1);
    }

    private static Method pretraining(Model model, SmallTraining training) {
        model.encoder().addMlmHead(RandomStream.of(5, "word head"));
        Pretrain settings = training.settings(Pretrain.class);
        BitSet special = new BitSet();
        special.set(0, 5);
        return new MaskedLanguageModelling(
                model.encoder(),
                new TokenMasking(settings.masking(), 4, 60, special, new BitSet()),
                List.of(
                        sequences(training.source()),
                        sequences(training.target()).subList(0, 5)),
                sequences(training.target()).subList(5, 9),
                settings,
                Precision.Float32,
                1);
    }

    /// The second half of each text is of the other type, as that of a pair is.
    private static List<TokenSequence> sequences(List<Item> items) {
        return items.stream()
                .map(item -> new TokenSequence(
                        item.ids(),
                        IntStream.range(0, item.length())
                                .map(at -> 2 * at < item.length() ? 0 : 1)
                                .toArray()))
                .toList();
    }

    private static Method distillation(Model student, SmallTraining training) {
        Distill given = training.settings(Distill.class);
        return new Distillation(
                student,
                training.source(),
                training.unlabelled(),
                texts -> {
                    try (Model teacher = TinyTransfer.model(Head.Pooled)) {
                        return Predictor.probabilities(teacher, texts, Precision.Float32, _ -> {});
                    }
                },
                given.resolved(given.selection()),
                Precision.Float32,
                1);
    }

    private static Method selfTraining(Model model, SmallTraining training) {
        SelfTrain given = training.settings(SelfTrain.class);
        try (Model fresh = TinyTransfer.model(Head.Pooled)) {
            return new SelfTrainingMethod(
                    model,
                    given.restart() ? fresh.trainable() : Map.of(),
                    training.source(),
                    training.unlabelled(),
                    given.resolved(given.selection()),
                    Precision.Float32,
                    1);
        }
    }

    private static Method adversarial(Model model, SmallTraining training) {
        AdversarialAlign given = training.settings(AdversarialAlign.class);
        return new AdversarialAlignment(
                model,
                training.source(),
                training.unlabelled(),
                given.resolved(given.selection()),
                Precision.Float32,
                1);
    }

    private static Method alignment(Model model, SmallTraining training) {
        Iwda given = training.settings(Iwda.class);
        TaskType type = training.readsWords() ? TaskType.NamedEntityRecognition : TaskType.SequenceClassification;
        return new ImportanceWeightedAlignment(
                model,
                new SourceAndTarget(training.source(), training.unlabelled(), 3),
                given.resolved(type, given.selection()),
                given.importanceWeights() == Iwda.ImportanceWeights.Oracle ? GoldPrior.of(training.target(), 3) : null,
                Precision.Float32,
                1);
    }
}
