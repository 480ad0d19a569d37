package dev.isogloss.trainer.task;

import dev.isogloss.api.task.Head;
import dev.isogloss.api.task.Parser;
import dev.isogloss.api.task.TaskSpec;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.encoder.EncoderConfig;
import dev.isogloss.trainer.encoder.EncoderOutput;
import dev.isogloss.trainer.encoder.OutputRequest;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Parameters;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The part of a model that stands on its encoder for a task: its parameters, its loss, and the numbers that
/// predictions are read from.
public sealed interface TaskHead permits ClassifierHead, BiaffineHead {

    /// The head of a task; its usual one where the task names none.
    static TaskHead of(TaskSpec task) {
        Head type = task.head() == null ? task.type().usualHead() : task.head();
        return of(type, task.variationalDropout(), task.parser());
    }

    /// @param parser of [Head#Biaffine]; null for its defaults
    static TaskHead of(Head type, boolean variational, @Nullable Parser parser) {
        return switch (type) {
            case Pooled, FirstToken, Token -> new ClassifierHead(type, variational);
            case Biaffine -> new BiaffineHead(variational, parser == null ? Parser.DEFAULT : parser);
        };
    }

    Head type();

    /// True if what the head reads is dropped by one mask a sequence.
    boolean variational();

    /// The outputs of the encoder that this head reads.
    OutputRequest read();

    /// New parameters.
    Map<String, Tensor> fresh(EncoderConfig encoder, int labels, RandomStream random);

    /// @param encoded as asked for by [#read()]
    /// @param dropout of what the head reads, and inside it
    /// @return the mean over the batch's labelled predictions, []
    Tensor loss(
            Encoder encoder,
            Parameters weights,
            EncoderOutput encoded,
            Batch batch,
            Criterion criterion,
            Dropout dropout);

    /// What predictions are read from, asked of the device.
    LateOutputs outputs(Encoder encoder, Parameters weights, EncoderOutput encoded, Batch batch);

    /// True if the encoder's own pooler is part of this head.
    boolean usesPooler(EncoderConfig encoder);
}
