package dev.isogloss.trainer.task;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.encoder.EncoderOutput;
import dev.isogloss.trainer.encoder.VocabularyReduction;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Parameters;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.BitSet;
import java.util.List;
import java.util.SequencedMap;

/// An encoder with the head of a task: what a training makes and an evaluation asks.
///
/// @param tokenizer the content of `tokenizer.json`
public record Model(Encoder encoder, TaskHead head, Parameters headWeights, LabelSet labels, String tokenizer)
        implements AutoCloseable {

    /// A new head on an encoder.
    public static Model fresh(Encoder encoder, TaskHead head, LabelSet labels, String tokenizer, RandomStream random) {
        Parameters weights = new Parameters();
        try (Scope scope = Scope.open()) {
            head.fresh(encoder.config(), labels.size(), random).forEach(weights::put);
        }
        return new Model(encoder, head, weights, labels, tokenizer);
    }

    /// The head of a task that tells classes apart; what works on logits is planned for no other.
    public ClassifierHead classifier() {
        return switch (head) {
            case ClassifierHead classifier -> classifier;
            case BiaffineHead _ -> throw new IllegalStateException("a parser tells no classes apart");
        };
    }

    /// The task's loss, [].
    public Tensor loss(Batch batch, Criterion criterion, Dropout dropout, Precision precision) {
        EncoderOutput encoded = encoder.encode(batch.tokens(), head.read(), dropout, precision);
        return head.loss(encoder, headWeights, encoded, batch, criterion, dropout);
    }

    /// Outputs from which predictions are read, item by item; see [TaskHead#outputs].
    public List<float[][]> outputs(Batch batch, Precision precision) {
        try (LateOutputs outputs = ask(batch, precision)) {
            return outputs.read();
        }
    }

    /// Asks for the same. The scope may end before they are read.
    public LateOutputs ask(Batch batch, Precision precision) {
        EncoderOutput encoded = encoder.encode(batch.tokens(), head.read(), Dropout.none(), precision);
        return head.outputs(encoder, headWeights, encoded, batch);
    }

    /// Items side by side, as the encoder reads them.
    public Batch batch(List<Item> items) {
        return Batch.of(items, encoder.config().padId());
    }

    /// @return [n, k]: a row for every prediction of the batch, a logit for every label
    public Tensor logits(Batch batch, Dropout dropout, Precision precision) {
        EncoderOutput encoded = encoder.encode(batch.tokens(), head.read(), dropout, precision);
        return classifier().logits(encoder, headWeights, encoded, batch, dropout);
    }

    /// The same with the features that the logits are read from.
    public HeadOutput scored(Batch batch, Dropout dropout, Precision precision) {
        EncoderOutput encoded = encoder.encode(batch.tokens(), head.read(), dropout, precision);
        return classifier().scored(encoder, headWeights, encoded, batch, dropout);
    }

    /// Everything the task's loss depends on, by name: the encoder's, then the head's.
    public SequencedMap<String, Tensor> trainable() {
        SequencedMap<String, Tensor> parameters = encoder.parameters().byName();
        if (!head.usesPooler(encoder.config())) parameters.keySet().removeIf(name -> name.startsWith("pooler."));
        parameters.putAll(headWeights.byName());
        return parameters;
    }

    /// Leaves only those rows of the word table that the items read; see [VocabularyReduction].
    public VocabularyReduction compact(List<Item> items) {
        BitSet used = new BitSet();
        for (Item item : items) for (int id : item.ids()) used.set(id);
        return encoder.compact(used);
    }

    @Override
    public void close() {
        encoder.close();
        headWeights.close();
    }
}
