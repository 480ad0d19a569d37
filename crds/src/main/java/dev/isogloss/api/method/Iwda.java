package dev.isogloss.api.method;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.DefaultsInside;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import dev.isogloss.api.schema.SchemaInside;
import dev.isogloss.api.task.TaskType;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

/// Stage `iwda`: importance-weighted domain alignment (Xian, Ji & Zhao, ICLR 2022), for each target language and seed.
///
/// Defaults: the paper's appendix C.2; where it is silent, the authors' code. `docs/methods/iwda.md` lists where the
/// two differ and which `preset` follows which.
@JsonTypeName("iwda")
public record Iwda(
        @JsonUnwrapped
        @DefaultsInside("{epochs: 4, batchSize: 8}")
        @SchemaInside(
                "epochs: {description: 'Passes over the data, the critic''s own batches counted; fractions are fine."
                        + " Default 4 (C.2).'}\n"
                        + "batchSize: {description: 'Examples a batch, of each language. Default 8 (C.2).'}")
        TrainingSettings training,

        @Meaning("What an epoch is a pass over: Source (its examples), or TargetTokens (the target's words at the "
                + "source's words a batch). Without it: Source for texts, TargetTokens for words (C.2, Number of "
                + "Training Steps).")
        @Nullable
        EpochsOf epochsOf,

        @Range(above = 0, max = 10)
        @Default("0.00001")
        @Meaning("Highest learning rate of encoder and head. Default 1e-5 (C.2; half of it for XLM-R).")
        double learningRate,

        @Default("Paper")
        @Meaning("What decides criticOutput, projection and weightSchedule where they are left out: Paper, "
                + "AuthorsCode (as the released code does, its mistakes mended) or AuthorsCodeAsIs (its transposed "
                + "quadratic programme and swapped first statistics, too).")
        Variant preset,

        @Default("Estimated")
        @Meaning("How much each class of the source counts: Estimated (from predictions), Oracle (from the target's "
                + "labels, which must be there) or Uniform (all the same: no correction).")
        ImportanceWeights importanceWeights,

        @Default("Wasserstein")
        @Meaning("How far apart the languages' features are: Wasserstein (C.1), JensenShannon (a critic with "
                + "cross-entropy) or KernelMmd (five Gaussian kernels, no critic).")
        Distance distance,

        @Range(min = 0, max = 1000)
        @Default("0.005")
        @Meaning(
                "Strength λ of the alignment; 0 trains on without any, as a control does. Default 5e-3 (C.2, lambda_da).")
        double lambdaAlign,

        @Range(min = 0, max = 1)
        @Default("0.1")
        @Meaning("Share of the updates in which λ rises from 0. Default 0.1 (C.2).")
        double alignWarmup,

        @JsonUnwrapped CriticSettings critic,

        @JsonUnwrapped WeightEstimation weights,

        @JsonUnwrapped
        @SchemaInside("selection: {description: 'Which checkpoint is kept. Default {}: the last, as in the paper."
                + " Without languages: scored on the source.'}")
        TargetSettings target)
        implements TargetAdaptation {

    public Iwda {
        Bounds.check(
                Iwda.class,
                training,
                epochsOf,
                learningRate,
                preset,
                importanceWeights,
                distance,
                lambdaAlign,
                alignWarmup,
                critic,
                weights,
                target);
    }

    /// The unit of an epoch.
    public enum EpochsOf {
        Source,
        TargetTokens
    }

    /// The source of settings in which paper and code differ.
    public enum Variant {
        Paper,
        AuthorsCode,
        AuthorsCodeAsIs
    }

    /// The source of the class weights.
    public enum ImportanceWeights {
        Estimated,
        Oracle,
        Uniform
    }

    /// A distance between the languages' features.
    public enum Distance {
        Wasserstein,
        JensenShannon,
        KernelMmd
    }

    /// The outputs from which the critic's score is read.
    public enum CriticOutput {
        Single,
        Difference
    }

    /// The projection of weights onto the constraints.
    public enum Projection {
        Euclidean,
        Radial
    }

    /// The critic, which measures how far apart the languages' features are.
    public record CriticSettings(
            @Range(min = 0, max = 100000)
            @Default("10")
            @Meaning("Strength μ of the critic's zero-centred gradient penalty. Default 10 (C.2, lambda_gp).")
            double gradientPenalty,

            @JsonProperty("criticWidth")
            @Range(min = 1, max = 65536)
            @Default("2048")
            @Meaning("Width of the critic's hidden layer. Default 2048 (C.1).")
            int width,

            @JsonProperty("criticOutput")
            @Meaning("The critic's score: Single (one output, the paper's) or Difference (of two outputs, the "
                    + "code's). Without it: what preset says.")
            @Nullable
            CriticOutput output,

            @JsonProperty("criticSteps")
            @Range(min = 1, max = 100)
            @Default("1")
            @Meaning("Updates of the critic for one of the encoder; 1 means both at once. Default 1 (Table 4: 4).")
            int steps,

            @JsonProperty("criticLearningRate")
            @Range(above = 0, max = 10)
            @Default("0.0005")
            @Meaning("The critic's learning rate, constant. Default 5e-4 (C.2).")
            double learningRate,

            @JsonProperty("criticWeightDecay")
            @Range(min = 0, max = 10)
            @Default("0.01")
            @Meaning("The critic's decoupled weight decay. Default 0.01 (C.2).")
            double weightDecay) {

        public CriticSettings {
            Bounds.check(CriticSettings.class, gradientPenalty, width, output, steps, learningRate, weightDecay);
        }

        private CriticSettings resolved(CriticOutput usual) {
            return new CriticSettings(
                    gradientPenalty, width, output != null ? output : usual, steps, learningRate, weightDecay);
        }
    }

    /// The estimation of the class weights: their first values, and how they are learnt.
    public record WeightEstimation(
            @Range(min = 0, max = 1)
            @Default("0.25")
            @Meaning("ρ: how far the first estimate of the weights is drawn towards 1. Default 0.25 (C.2, "
                    + "lambda_iw_init).")
            double initialUniform,

            @Range(min = 1, max = Limits.EXAMPLES)
            @Meaning("At most so many examples of each language are read for the first estimate. Without it: all.")
            @Nullable
            Integer initialExamples,

            @JsonProperty("weightLearningRate")
            @Range(min = 0, max = 10)
            @Default("0.0005")
            @Meaning("Learning rate of the weights. Default 5e-4 (C.2, lr_iw).")
            double learningRate,

            @JsonProperty("weightSchedule")
            @Meaning("How the weights' learning rate moves: Linear (down to 0, §3), Constant (the code's) or Cosine. "
                    + "Without it: what preset says.")
            @Nullable
            Schedule schedule,

            @JsonProperty("weightDecay")
            @Range(min = 0, max = 1000)
            @Default("2")
            @Meaning("Decoupled decay of the weights towards their first estimate. Default 2 (C.2, lambda_iw; Table "
                    + "4: 1).")
            double decay,

            @JsonProperty("weightWarmup")
            @Range(min = 0, max = 1)
            @Default("0.1")
            @Meaning("Share of the updates in which the weights' effect on the alignment rises from none. Default 0.1 "
                    + "(authors' code; not in the paper).")
            double warmup,

            @Meaning("How weights return to w ≥ 0, p·w = 1: Euclidean (to the nearest such weights) or Radial (cut at "
                    + "0, then scaled; the code's). Without it: what preset says.")
            @Nullable
            Projection projection,

            @Range(above = 0, max = 1)
            @Default("0.005")
            @Meaning("Share of a batch's counts in the running confusion statistics. Default 5e-3 (authors' code).")
            double statisticsRate) {

        public WeightEstimation {
            Bounds.check(
                    WeightEstimation.class,
                    initialUniform,
                    initialExamples,
                    learningRate,
                    schedule,
                    decay,
                    warmup,
                    projection,
                    statisticsRate);
        }

        private WeightEstimation resolved(Schedule usual, Projection usualProjection) {
            return new WeightEstimation(
                    initialUniform,
                    initialExamples,
                    learningRate,
                    schedule != null ? schedule : usual,
                    decay,
                    warmup,
                    projection != null ? projection : usualProjection,
                    statisticsRate);
        }
    }

    /// With everything filled in that preset and task decide. The preset's name stays, for three of its differences
    /// have no setting of their own: how often ‖Cw − t‖² counts, and the two slips of the authors' code.
    public Iwda resolved(TaskType task, Selection selection) {
        boolean paper = preset == Variant.Paper;
        return new Iwda(
                training,
                epochsOf != null ? epochsOf : task.labelsWords() ? EpochsOf.TargetTokens : EpochsOf.Source,
                learningRate,
                preset,
                importanceWeights,
                distance,
                lambdaAlign,
                alignWarmup,
                critic.resolved(paper ? CriticOutput.Single : CriticOutput.Difference),
                weights.resolved(
                        paper ? Schedule.Linear : Schedule.Constant, paper ? Projection.Euclidean : Projection.Radial),
                target.with(selection));
    }
}
