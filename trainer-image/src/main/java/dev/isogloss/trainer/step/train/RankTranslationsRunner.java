package dev.isogloss.trainer.step.train;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.method.RankTranslations;
import dev.isogloss.plan.step.RankTranslationsStep;
import dev.isogloss.result.Fact;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.data.CorpusTexts;
import dev.isogloss.trainer.data.TextPair;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.loop.TrainingOutcome;
import dev.isogloss.trainer.method.language.TranslationRanking;
import dev.isogloss.trainer.method.language.TranslationRanking.Pair;
import dev.isogloss.trainer.method.pretrain.TokenSequence;
import dev.isogloss.trainer.step.ModelFiles;
import dev.isogloss.trainer.step.OpenedEncoder;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.step.StepOutput;
import dev.isogloss.trainer.step.inputs.Corpora;
import dev.isogloss.trainer.step.inputs.EncoderOpener;
import dev.isogloss.trainer.step.inputs.UnreadTexts;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.io.IOException;
import java.util.List;

/// Makes a sentence encoder of an encoder: translation ranking on the corpus's pairs.
public final class RankTranslationsRunner {
    private final RankTranslationsStep spec;
    private final StepInputs inputs;

    public RankTranslationsRunner(RankTranslationsStep spec, StepInputs inputs) {
        this.spec = spec;
        this.inputs = inputs;
    }

    public StepResult run() throws IOException {
        RankTranslations settings = spec.settings();
        CorpusTexts corpus = Corpora.read(spec.corpus(), spec.corpus().languages(), inputs);
        List<TextPair> pairs =
                corpus.pairs().values().stream().flatMap(List::stream).toList();
        if (pairs.size() < 2)
            throw new InvalidInput("Corpus %s has %d translation pairs, and ranking needs at least two to tell apart."
                    .formatted(spec.corpus().name(), pairs.size()));
        OpenedEncoder opened = EncoderOpener.open(spec.encoder(), inputs);
        try (Encoder encoder = opened.encoder();
                Tokenizer tokenizer =
                        EncoderOpener.tokenizer(opened.tokenizer(), encoder, settings.maxLength(), inputs.journal())) {
            EncoderOpener.prepare(
                    encoder, settings.maxLength(), "rankTranslations.maxLength", spec.precision(), inputs);
            List<Pair> sequences = pairs.stream()
                    .map(pair -> new Pair(
                            TokenSequence.of(tokenizer.encode(pair.source())),
                            TokenSequence.of(tokenizer.encode(pair.target()))))
                    .toList();
            UnreadTexts unread = new UnreadTexts(tokenizer);
            for (int i = 0; i < pairs.size(); i++) {
                unread.add(pairs.get(i).source(), sequences.get(i).text().ids());
                unread.add(pairs.get(i).target(), sequences.get(i).translation().ids());
            }
            unread.tell("the translation pairs", inputs.journal());
            TranslationRanking method =
                    new TranslationRanking(encoder, sequences, settings, spec.precision(), spec.seed());
            StepOutput output = inputs.prove();
            TrainingOutcome outcome = output.train(method, null);
            ModelFiles.writeEncoder(output.folder().model(), encoder, opened.tokenizer());
            inputs.journal().fact(Fact.Updates, outcome.updates());
            inputs.journal().fact(Fact.Pairs, sequences.size());
            return output.result(List.of());
        }
    }
}
