package dev.isogloss.trainer.step.train;

import static java.util.Objects.requireNonNull;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.PretrainStep;
import dev.isogloss.trainer.data.CorpusTexts;
import dev.isogloss.trainer.data.TextPair;
import dev.isogloss.trainer.method.pretrain.TokenMasking;
import dev.isogloss.trainer.method.pretrain.TokenSequence;
import dev.isogloss.trainer.step.OpenedEncoder;
import dev.isogloss.trainer.step.StepJournal;
import dev.isogloss.trainer.step.inputs.EncoderOpener;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// A corpus as masked-language modelling reads it: in pieces, none of them without a word that could be hidden. The
/// tokenizer, which for a large vocabulary takes more memory than the encoder's layers, is gone when it is made.
///
/// @param texts      sequences by language, in the corpus' order
/// @param pairs      translations side by side
/// @param vocabulary the number of the tokenizer's pieces
record MaskedCorpus(List<List<TokenSequence>> texts, List<TokenSequence> pairs, TokenMasking masking, int vocabulary) {

    static MaskedCorpus of(CorpusTexts corpus, OpenedEncoder opened, PretrainStep spec, StepJournal journal) {
        int maxLength = spec.settings().maxLength();
        try (Tokenizer tokenizer = EncoderOpener.tokenizer(opened.tokenizer(), opened.encoder(), maxLength, journal)) {
            return new Reader(spec, tokenizer, journal).read(corpus);
        } finally {
            Tokenizer.forget();
        }
    }

    private static final class Reader {
        private final PretrainStep spec;
        private final Tokenizer tokenizer;
        private final StepJournal journal;
        private final BitSet special = new BitSet();

        Reader(PretrainStep spec, Tokenizer tokenizer, StepJournal journal) {
            this.spec = spec;
            this.tokenizer = tokenizer;
            this.journal = journal;
            tokenizer.specialIds().forEach(special::set);
        }

        MaskedCorpus read(CorpusTexts corpus) {
            List<List<TokenSequence>> texts = new ArrayList<>();
            for (String language : spec.languages()) {
                List<String> read = requireNonNull(corpus.texts().get(language));
                int longWords = longWords(language, read);
                texts.add(known(
                        language,
                        SequenceChunks.sequences(
                                read, tokenizer, spec.settings().maxLength()),
                        longWords));
            }
            return new MaskedCorpus(texts, pairs(corpus), masking(), tokenizer.vocabularySize());
        }

        /// Leaves out what has nothing to hide: sequences of nothing but unknown and other special tokens.
        private List<TokenSequence> known(String language, List<TokenSequence> sequences, int longWords) {
            List<TokenSequence> known =
                    sequences.stream().filter(this::hasOrdinary).toList();
            if (known.isEmpty())
                throw new InvalidInput(
                        "The encoder's tokenizer knows no piece of the corpus's texts of language \"%s\": %s"
                                .formatted(language, remedy(2 * longWords >= sequences.size())));
            if (known.size() < sequences.size())
                journal.note("%,d of %,d sequences of %s are left out: the tokenizer knows no piece of them"
                        .formatted(sequences.size() - known.size(), sequences.size(), language));
            return known;
        }

        private String remedy(boolean tooLong) {
            boolean fresh = spec.encoder() instanceof EncoderOrigin.Fresh;
            if (tooLong)
                return "its words are too long for WordPiece, as in scripts that are written without spaces. "
                        + (fresh
                                ? "Set encoder.fromPretraining.tokenizer.type to Unigram."
                                : "Use an encoder with Unigram pieces.");
            return fresh
                    ? "its characters are too rare in the corpus for a vocabulary of this size. Raise"
                            + " encoder.fromPretraining.tokenizer.vocabularySize, or leave the language out."
                    : "all of it is unknown to it. Use an encoder that was made for the language's script, or make one"
                            + " from the corpus with encoder.fromPretraining.";
        }

        private int longWords(String language, List<String> texts) {
            int longWords =
                    texts.parallelStream().mapToInt(tokenizer::longWords).sum();
            if (longWords > 0)
                journal.note(
                        "%,d words of %s have more than %d characters, and WordPiece reads each as one unknown piece"
                                .formatted(longWords, language, tokenizer.longestWord()));
            return longWords;
        }

        private boolean hasOrdinary(TokenSequence sequence) {
            return Arrays.stream(sequence.ids()).anyMatch(id -> !special.get(id));
        }

        private List<TokenSequence> pairs(CorpusTexts corpus) {
            List<TextPair> pairs =
                    corpus.pairs().values().stream().flatMap(List::stream).toList();
            return pairs.parallelStream()
                    .map(pair -> TokenSequence.of(tokenizer.encode(pair.source(), pair.target())))
                    .filter(this::hasOrdinary)
                    .toList();
        }

        private TokenMasking masking() {
            if (spec.settings().masking().wholeWord() && !tokenizer.tellsWords())
                throw new InvalidInput(
                        "pretrain.masking.wholeWord is true, but the pieces of the encoder's tokenizer.json do"
                                + " not show where words begin (no Metaspace, no ByteLevel, and"
                                + " model.continuing_subword_prefix is empty). Set wholeWord to false.");
            BitSet continuation = new BitSet();
            for (int id = 0; id < tokenizer.vocabularySize(); id++)
                if (tokenizer.continuesWord(id)) continuation.set(id);
            int mask = tokenizer
                    .maskId()
                    .orElseThrow(() -> new InvalidInput(
                            "The encoder's tokenizer.json has no mask token ([MASK] or <mask>), so the encoder cannot"
                                    + " be pretrained with masked-language modelling. Leave out the pretrain stage."));
            return new TokenMasking(spec.settings().masking(), mask, tokenizer.vocabularySize(), special, continuation);
        }
    }
}
