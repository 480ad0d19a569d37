package dev.isogloss.planner;

import dev.isogloss.api.encoder.EncoderSpec;
import dev.isogloss.api.encoder.FromPretraining;
import dev.isogloss.api.method.Iwda;
import dev.isogloss.api.method.Masking;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.plan.step.PretrainStep;

/// Of each kind of step, how often a mended bug has changed what it gives. Raising one moves its keys: done by hand,
/// with a line in the changelog.
final class Revisions {
    private static final int PRETRAIN = 1;
    private static final int TRAIN = 1;
    private static final int IWDA = 1;
    static final int DISTILL = 1;
    static final int SELF_TRAIN = 1;
    static final int ADVERSARIAL_ALIGN = 1;
    static final int INTERPOLATE = 1;
    static final int ANALYSE = 1;
    static final int PROJECT = 1;
    static final int ENSEMBLE = 1;
    static final int EVALUATE = 1;
    static final int RANK = 1;
    /// 2: texts of other classes are drawn without a permutation of all.
    static final int ALIGN_MEANINGS = 2;
    static final int LABEL = 1;
    static final int SELECT = 1;
    static final int CHOOSE = 1;
    private static final int AUGMENT = 1;
    static final int AGREE = 1;

    private Revisions() {}

    /// Where words come split, a published encoder's byte-level vocabulary reads them with the space before them since
    /// 2. Nothing else changed.
    static int train(EncoderSpec encoder, TaskType task) {
        return switch (task) {
            case SequenceClassification, SequencePairClassification -> TRAIN;
            case NamedEntityRecognition, PartOfSpeechTagging, DependencyParsing ->
                encoder.fromPretraining() == null ? TRAIN + 1 : TRAIN;
        };
    }

    /// Estimated weights begin at the minimum of their quadratic programme, where classes are rare as well, since 2;
    /// since 3 the sums of their statistics are added up on the device.
    static int iwda(Iwda settings) {
        return switch (settings.importanceWeights()) {
            case Estimated -> IWDA + 2;
            case Oracle, Uniform -> IWDA;
        };
    }

    /// Tagged sentences of scripts without spaces are read and filled as texts of them are since 2.
    static int augment(TaskType task) {
        return task.labelsWords() ? AUGMENT + 1 : AUGMENT;
    }

    /// Whole words of a published encoder's byte-level vocabulary are hidden together since one revision, and since
    /// another the losses of large vocabularies are added up in parts.
    static int pretrain(EncoderSpec encoder, Masking masking) {
        FromPretraining scratch = encoder.fromPretraining();
        if (scratch != null)
            return scratch.tokenizer().vocabularySize() > PretrainStep.LARGE_VOCABULARY ? PRETRAIN + 1 : PRETRAIN;
        return masking.wholeWord() ? PRETRAIN + 2 : PRETRAIN + 1;
    }
}
