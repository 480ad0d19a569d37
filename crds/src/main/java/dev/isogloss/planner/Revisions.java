package dev.isogloss.planner;

import dev.isogloss.api.encoder.EncoderSpec;
import dev.isogloss.api.encoder.FromPretraining;
import dev.isogloss.api.method.Iwda;
import dev.isogloss.api.method.Masking;
import dev.isogloss.api.method.SemanticAlignment;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.plan.step.PretrainStep;

/// Of each kind of step, how often a mended bug has changed what it gives. Raising one moves its keys: done by hand,
/// with a line in the changelog.
///
/// All kinds that run an encoder on texts and may have no trained model in their key were raised by one when
/// batches were packed: dropout falls on other places, and sums are added in another order.
final class Revisions {
    private static final int PRETRAIN = 2;
    private static final int TRAIN = 2;
    private static final int IWDA = 2;
    static final int DISTILL = 2;
    static final int SELF_TRAIN = 2;
    static final int ADVERSARIAL_ALIGN = 2;
    static final int INTERPOLATE = 1;
    static final int ANALYSE = 1;
    static final int PROJECT = 2;
    static final int ENSEMBLE = 1;
    static final int EVALUATE = 1;
    static final int RANK = 2;
    /// 2: texts of other classes are drawn without a permutation of all. 3: packed batches.
    private static final int SEMANTIC_ALIGNMENT = 3;
    static final int LABEL = 1;
    static final int SELECT = 1;
    static final int CHOOSE = 1;
    private static final int AUGMENT = 2;
    static final int AGREE = 1;
    static final int CHOOSE_CANDIDATE = 1;
    static final int COMPARE = 1;

    private Revisions() {}

    /// Where words come split, a published encoder's byte-level vocabulary reads them with the space before them since
    /// one revision. Nothing else changed.
    static int train(EncoderSpec encoder, TaskType task) {
        return switch (task) {
            case SequenceClassification, SequencePairClassification -> TRAIN;
            case NamedEntityRecognition, PartOfSpeechTagging, DependencyParsing ->
                encoder.fromPretraining() == null ? TRAIN + 1 : TRAIN;
        };
    }

    /// Estimated weights begin at the minimum of their quadratic programme, where classes are rare as well, since one
    /// revision; since two the sums of their statistics are added up on the device.
    static int iwda(Iwda settings) {
        return switch (settings.importanceWeights()) {
            case Estimated -> IWDA + 2;
            case Oracle, Uniform -> IWDA;
        };
    }

    /// Texts of an update are read in one pass since one revision, so that dropout falls on other places of all but the
    /// first.
    static int semanticAlignment(SemanticAlignment settings) {
        return settings.textsPerUpdate() > 1 ? SEMANTIC_ALIGNMENT + 1 : SEMANTIC_ALIGNMENT;
    }

    /// Tagged sentences of scripts without spaces are read and filled as texts of them are since one revision.
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
