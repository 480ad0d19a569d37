package dev.isogloss.trainer.step.inputs;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.trainer.encoder.EncoderConfig;
import dev.isogloss.trainer.encoder.EncoderFamily;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// The check that `tokenizer.json` and `config.json` of an encoder belong together.
final class TokenizerCheck {
    private TokenizerCheck() {}

    /// @return sentences about what Python would pass over, too
    /// @throws InvalidInput if the tokenizer has more pieces than the encoder has words
    static List<String> of(Tokenizer tokenizer, EncoderConfig config) {
        int rows = config.vocabularySize();
        if (tokenizer.vocabularySize() > rows)
            throw new InvalidInput(("The encoder's tokenizer.json has ids up to %,d, but its word table (vocab_size in"
                            + " config.json) only %,d rows: the files belong to different encoders, or pieces were added"
                            + " without making room for them. Take all files from one place, or in Python call"
                            + " model.resize_token_embeddings(len(tokenizer)) and save both.")
                    .formatted(tokenizer.vocabularySize() - 1, rows));
        List<String> notes = new ArrayList<>(tokenizer.notes());
        if (!tokenizer.beginsWithSpecial())
            notes.add(
                    "The encoder's tokenizer.json puts no special token before a text (its post_processor is null or adds"
                            + " none): heads that read the first token read the first piece of the text, and nothing stands between"
                            + " the texts of a pair. An encoder that knows [CLS] or <s> needs a TemplateProcessing there.");
        padding(tokenizer, config, notes);
        return notes;
    }

    private static void padding(Tokenizer tokenizer, EncoderConfig config, List<String> notes) {
        int id = config.padId();
        OptionalInt named = tokenizer.padId();
        String there = tokenizer.token(id);
        boolean differs = named.isPresent() && named.getAsInt() != id;
        boolean ordinary =
                named.isEmpty() && !there.isEmpty() && !tokenizer.specialIds().contains(id);
        if (!differs && !ordinary) return;
        String what = differs
                ? "padding in its tokenizer.json is %s, id %d"
                        .formatted(tokenizer.token(named.getAsInt()), named.getAsInt())
                : "its tokenizer.json names no padding";
        String consequence = config.family() == EncoderFamily.BERT
                ? "its row of the word table is not trained"
                : "wherever it stands it has the position of padding, and its row of the word table is not trained";
        notes.add(
                "The encoder's config.json pads with id %d (pad_token_id), which is %s, but %s. %s: %s. If the encoder was"
                                .formatted(
                                        id,
                                        there.isEmpty() ? "no piece" : there,
                                        what,
                                        there.isEmpty() ? "That id" : there,
                                        consequence)
                        + " trained with the tokenizer's padding, correct pad_token_id.");
    }
}
