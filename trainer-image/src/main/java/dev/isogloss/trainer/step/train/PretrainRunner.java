package dev.isogloss.trainer.step.train;

import static java.util.Objects.requireNonNull;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.method.Pretrain;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.PretrainStep;
import dev.isogloss.result.Fact;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.data.CorpusTexts;
import dev.isogloss.trainer.data.TextPair;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.loop.TrainingOutcome;
import dev.isogloss.trainer.method.pretrain.MaskedLanguageModelling;
import dev.isogloss.trainer.method.pretrain.TokenMasking;
import dev.isogloss.trainer.method.pretrain.TokenSequence;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.step.ModelFiles;
import dev.isogloss.trainer.step.OpenedEncoder;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.step.StepJournal;
import dev.isogloss.trainer.step.StepOutput;
import dev.isogloss.trainer.step.inputs.Corpora;
import dev.isogloss.trainer.step.inputs.EncoderOpener;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Masked-language modelling on a corpus, from scratch (with a tokenizer of its own) or on from an encoder there is.
public final class PretrainRunner {
    private final PretrainStep spec;
    private final StepInputs inputs;

    public PretrainRunner(PretrainStep spec, StepInputs inputs) {
        this.spec = spec;
        this.inputs = inputs;
    }

    public StepResult run() throws IOException {
        CorpusTexts corpus = Corpora.read(spec.corpus(), languages(), inputs);
        OpenedEncoder opened =
                switch (spec.encoder()) {
                    case EncoderOrigin.Fresh fresh ->
                        EncoderOpener.create(fresh, corpus, spec.settings().maxLength(), spec.seed(), inputs);
                    case EncoderOrigin.Published published -> EncoderOpener.open(published, inputs);
                    case EncoderOrigin.FromStep made -> EncoderOpener.open(made, inputs);
                };
        Pretrain settings = spec.settings();
        try (Encoder encoder = opened.encoder();
                Tokenizer uncut = Tokenizer.of(opened.tokenizer(), Integer.MAX_VALUE);
                Tokenizer tokenizer =
                        EncoderOpener.tokenizer(opened.tokenizer(), encoder, settings.maxLength(), inputs.journal())) {
            if (encoder.mlmHead().names().isEmpty()) {
                inputs.journal().note("the encoder came without a head for masked words; a new one is trained");
                encoder.addMlmHead(RandomStream.of(spec.seed(), "word head"));
            }
            EncoderOpener.prepare(encoder, settings.maxLength(), "pretrain.maxLength", spec.precision(), inputs);
            List<List<TokenSequence>> texts = new ArrayList<>();
            BitSet special = special(tokenizer);
            for (String language : languages()) {
                List<String> read = requireNonNull(corpus.texts().get(language));
                int longWords = longWords(language, read, tokenizer);
                texts.add(known(
                        language, SequenceChunks.sequences(read, uncut, settings.maxLength()), special, longWords));
            }
            List<TokenSequence> pairs = pairs(corpus, tokenizer, special);
            MaskedLanguageModelling method = new MaskedLanguageModelling(
                    encoder, masking(tokenizer, special), texts, pairs, settings, spec.precision(), spec.seed());
            StepOutput output = inputs.prove();
            TrainingOutcome outcome = output.train(method, null);
            ModelFiles.writeEncoder(output.folder().model(), encoder, opened.tokenizer());
            StepJournal journal = inputs.journal();
            journal.fact(Fact.Updates, outcome.updates());
            journal.fact(Fact.Sequences, texts.stream().mapToInt(List::size).sum());
            journal.fact(Fact.Pairs, pairs.size());
            journal.fact(Fact.Vocabulary, tokenizer.vocabularySize());
            return output.result(List.of());
        }
    }

    private List<String> languages() {
        List<String> asked = spec.settings().languages();
        return asked == null ? spec.corpus().languages() : asked;
    }

    /// Leaves out what has nothing to hide: sequences of nothing but unknown and other special tokens.
    private List<TokenSequence> known(String language, List<TokenSequence> sequences, BitSet special, int longWords) {
        List<TokenSequence> known = sequences.stream()
                .filter(sequence -> hasOrdinary(sequence, special))
                .toList();
        if (known.isEmpty())
            throw new InvalidInput("The encoder's tokenizer knows no piece of the corpus's texts of language \"%s\": %s"
                    .formatted(language, remedy(2 * longWords >= sequences.size())));
        if (known.size() < sequences.size())
            inputs.journal()
                    .note("%,d of %,d sequences of %s are left out: the tokenizer knows no piece of them"
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

    private int longWords(String language, List<String> texts, Tokenizer tokenizer) {
        int longWords = texts.parallelStream().mapToInt(tokenizer::longWords).sum();
        if (longWords > 0)
            inputs.journal()
                    .note("%,d words of %s have more than %d characters, and WordPiece reads each as one unknown piece"
                            .formatted(longWords, language, tokenizer.longestWord()));
        return longWords;
    }

    private static boolean hasOrdinary(TokenSequence sequence, BitSet special) {
        return Arrays.stream(sequence.ids()).anyMatch(id -> !special.get(id));
    }

    private List<TokenSequence> pairs(CorpusTexts corpus, Tokenizer tokenizer, BitSet special) {
        List<TextPair> pairs =
                corpus.pairs().values().stream().flatMap(List::stream).toList();
        return pairs.parallelStream()
                .map(pair -> TokenSequence.of(tokenizer.encode(pair.source(), pair.target())))
                .filter(sequence -> hasOrdinary(sequence, special))
                .toList();
    }

    private static BitSet special(Tokenizer tokenizer) {
        BitSet special = new BitSet();
        tokenizer.specialIds().forEach(special::set);
        return special;
    }

    private TokenMasking masking(Tokenizer tokenizer, BitSet special) {
        if (spec.settings().masking().wholeWord() && !tokenizer.tellsWords())
            throw new InvalidInput(
                    "pretrain.masking.wholeWord is true, but the pieces of the encoder's tokenizer.json do"
                            + " not show where words begin (no Metaspace, no ByteLevel, and model.continuing_subword_prefix is"
                            + " empty). Set wholeWord to false.");
        BitSet continuation = new BitSet();
        for (int id = 0; id < tokenizer.vocabularySize(); id++) if (tokenizer.continuesWord(id)) continuation.set(id);
        int mask = tokenizer
                .maskId()
                .orElseThrow(() -> new InvalidInput(
                        "The encoder's tokenizer.json has no mask token ([MASK] or <mask>), so the encoder cannot"
                                + " be pretrained with masked-language modelling. Leave out the pretrain stage."));
        return new TokenMasking(spec.settings().masking(), mask, tokenizer.vocabularySize(), special, continuation);
    }
}
