package dev.isogloss.trainer.step;

import static java.util.Objects.requireNonNull;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.Pretrain;
import dev.isogloss.plan.EncoderOrigin;
import dev.isogloss.plan.StepResult;
import dev.isogloss.plan.StepSpec;
import dev.isogloss.trainer.data.CorpusTexts;
import dev.isogloss.trainer.data.TextPair;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.loop.TrainingOutcome;
import dev.isogloss.trainer.method.MaskedLanguageModelling;
import dev.isogloss.trainer.method.TokenMasking;
import dev.isogloss.trainer.method.TokenSequence;
import dev.isogloss.trainer.tensor.RandomStream;
import dev.isogloss.trainer.tokenizer.Encoding;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/// Masked-language modelling on a corpus, from scratch (with a tokenizer of its own) or on from an encoder there is.
final class PretrainStep {
    private final StepSpec.Pretrain spec;
    private final Workbench bench;

    PretrainStep(StepSpec.Pretrain spec, Workbench bench) {
        this.spec = spec;
        this.bench = bench;
    }

    StepResult run() throws IOException {
        CorpusTexts corpus = Corpora.read(spec.corpus(), languages(), bench);
        Encoders.Opened opened =
                switch (spec.encoder()) {
                    case EncoderOrigin.Fresh fresh ->
                        Encoders.create(fresh, corpus, spec.settings().maxLength(), spec.seed(), bench);
                    case EncoderOrigin.Published published -> Encoders.open(published, bench);
                    case EncoderOrigin.Made made -> Encoders.open(made, bench);
                };
        Pretrain settings = spec.settings();
        try (Encoder encoder = opened.encoder();
                Tokenizer uncut = Tokenizer.of(opened.tokenizer(), Integer.MAX_VALUE);
                Tokenizer tokenizer = Tokenizer.of(opened.tokenizer(), settings.maxLength())) {
            if (encoder.wordHead().names().isEmpty()) {
                bench.note("the encoder came without a head for masked words; a new one is trained");
                encoder.addWordHead(RandomStream.of(spec.seed(), "word head"));
            }
            bench.tuneFor(encoder, spec.precision());
            bench.requireRoom(encoder, settings.maxLength(), "pretrain.maxLength");
            encoder.recompute(bench.context().options().activationCheckpointing());
            List<List<TokenSequence>> texts = new ArrayList<>();
            for (String language : languages())
                texts.add(Texts.sequences(requireNonNull(corpus.texts().get(language)), uncut, settings.maxLength()));
            List<TokenSequence> pairs = pairs(corpus, tokenizer);
            MaskedLanguageModelling method = new MaskedLanguageModelling(
                    encoder, masking(tokenizer), texts, pairs, settings, spec.precision(), spec.seed());
            TrainingOutcome outcome = bench.train(method, null);
            ModelFolders.writeEncoder(bench.folder().model(), encoder, opened.tokenizer());
            return bench.result(
                    List.of(),
                    Map.of(
                            "updates", (double) outcome.updates(),
                            "sequences",
                                    (double) texts.stream().mapToInt(List::size).sum(),
                            "pairs", (double) pairs.size(),
                            "vocabulary", (double) tokenizer.vocabularySize()));
        }
    }

    private List<String> languages() {
        List<String> asked = spec.settings().languages();
        return asked == null ? spec.corpus().languages() : asked;
    }

    private List<TokenSequence> pairs(CorpusTexts corpus, Tokenizer tokenizer) {
        List<TextPair> pairs =
                corpus.pairs().values().stream().flatMap(List::stream).toList();
        return pairs.parallelStream()
                .map(pair -> {
                    Encoding encoding = tokenizer.encode(pair.source(), pair.target());
                    return new TokenSequence(encoding.ids(), encoding.types());
                })
                .toList();
    }

    private TokenMasking masking(Tokenizer tokenizer) {
        BitSet special = new BitSet();
        tokenizer.specialIds().forEach(special::set);
        BitSet continuation = new BitSet();
        for (int id = 0; id < tokenizer.vocabularySize(); id++) if (tokenizer.continuesWord(id)) continuation.set(id);
        int mask = tokenizer
                .maskId()
                .orElseThrow(
                        () -> new InvalidInput(
                                "The encoder's tokenizer has no mask token, so its"
                                        + " encoder cannot be pretrained with masked-language modelling. Leave out the pretrain stage."));
        return new TokenMasking(spec.settings().masking(), mask, tokenizer.vocabularySize(), special, continuation);
    }
}
