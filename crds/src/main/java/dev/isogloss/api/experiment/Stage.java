package dev.isogloss.api.experiment;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.method.AdversarialAlign;
import dev.isogloss.api.method.AdversarialTraining;
import dev.isogloss.api.method.Analyse;
import dev.isogloss.api.method.Distill;
import dev.isogloss.api.method.Ear;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.method.Interpolate;
import dev.isogloss.api.method.Iwda;
import dev.isogloss.api.method.LanguageAdaptation;
import dev.isogloss.api.method.MethodSettings;
import dev.isogloss.api.method.Pretrain;
import dev.isogloss.api.method.Project;
import dev.isogloss.api.method.RandomizedSmoothing;
import dev.isogloss.api.method.SelfTrain;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One stage of an experiment: exactly one method, named by its field.
@ValidationRule(
        value = "[has(self.pretrain), has(self.fineTune), has(self.languageAdaptation), has(self.ear),"
                + " has(self.randomizedSmoothing), has(self.adversarialTraining), has(self.iwda),"
                + " has(self.distill), has(self.selfTrain), has(self.adversarialAlign),"
                + " has(self.interpolate), has(self.analyse), has(self.project)].filter(given, given).size() == 1",
        message = "a stage is exactly one method: pretrain, fineTune, languageAdaptation, ear, randomizedSmoothing, "
                + "adversarialTraining, iwda, distill, selfTrain, adversarialAlign, interpolate, analyse or project; write "
                + "further methods as further items of the list")
public record Stage(
        @Matches(Form.DnsLabelAnyCase)
        @Meaning("How tables call this stage. Without it: the method's name, numbered from the second on (fineTune-2).")
        @Nullable
        String name,

        @Meaning("Continue masked-language modelling on the corpus, for each seed.") @Nullable
        Pretrain pretrain,

        @Meaning("Train encoder and head on labelled examples; {} takes every default.") @Nullable
        FineTune fineTune,

        @Meaning("Train encoder and head on labelled examples and translations of some of them, with label and "
                + "semantic alignment (Yu & Joty 2021); {} takes every default.")
        @Nullable
        LanguageAdaptation languageAdaptation,

        @Meaning(
                "Train on labelled examples and copies of them with other words, embeddings pushed apart and attention "
                        + "pulled together (Ding et al. 2022); {} takes every default.")
        @Nullable
        Ear ear,

        @Meaning("Train on labelled examples that are changed at random: noise on embeddings, or other words (Huang et "
                + "al. 2021); {} takes every default.")
        @Nullable
        RandomizedSmoothing randomizedSmoothing,

        @Meaning("Train on labelled examples whose embeddings are changed so that the loss grows (Huang et al. 2021; "
                + "Miyato et al. 2017); {} takes every default.")
        @Nullable
        AdversarialTraining adversarialTraining,

        @Meaning("Align each target language with the source, classes weighted (Xian, Ji & Zhao 2022); {} takes every "
                + "default.")
        @Nullable
        Iwda iwda,

        @Meaning("Teach a new student what the model before says of texts without labels (Wu et al. 2020; Xian et al. "
                + "2022); {} takes every default.")
        @Nullable
        Distill distill,

        @Meaning("Learn from the model's own most confident labels, round after round (Dong & de Melo 2019; Xian et "
                + "al. 2022); {} takes every default.")
        @Nullable
        SelfTrain selfTrain,

        @Meaning("Deceive a discriminator of languages (Keung et al. 2019); {} takes every default.") @Nullable
        AdversarialAlign adversarialAlign,

        @Meaning("Train a model on the source, one on each target and one on both, and score the models between them"
                + " (Wu et al. 2022); {} takes every default.")
        @Nullable
        Interpolate interpolate,

        @Meaning("Measure how features and priors shift in the models of the stages before; {} takes every default.")
        @Nullable
        Analyse analyse,

        @Meaning(
                "Show words or texts as points in the plane, by the models of the stages before (Ding et al. 2022); {} "
                        + "takes every default.")
        @Nullable
        Project project) {

    public Stage {
        @Nullable
        Object[] members = {
            name,
            pretrain,
            fineTune,
            languageAdaptation,
            ear,
            randomizedSmoothing,
            adversarialTraining,
            iwda,
            distill,
            selfTrain,
            adversarialAlign,
            interpolate,
            analyse,
            project
        };
        Bounds.check(Stage.class, members);
        if (methods(members).size() != 1)
            throw new InvalidInput(
                    "A stage is exactly one method: pretrain, fineTune, languageAdaptation, ear, randomizedSmoothing,"
                            + " adversarialTraining, iwda, distill, selfTrain, adversarialAlign, interpolate, analyse or"
                            + " project; write further methods as further items of the list.");
    }

    /// The one member that is set.
    public MethodSettings settings() {
        return methods(
                        pretrain,
                        fineTune,
                        languageAdaptation,
                        ear,
                        randomizedSmoothing,
                        adversarialTraining,
                        iwda,
                        distill,
                        selfTrain,
                        adversarialAlign,
                        interpolate,
                        analyse,
                        project)
                .getFirst();
    }

    private static List<MethodSettings> methods(@Nullable Object... members) {
        return Stream.<@Nullable Object>of(members)
                .filter(MethodSettings.class::isInstance)
                .map(MethodSettings.class::cast)
                .toList();
    }
}
