package dev.isogloss.trainer.step.train;

import dev.isogloss.api.method.Pretrain;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.PretrainStep;
import dev.isogloss.result.Fact;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.data.CorpusTexts;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.loop.TrainingOutcome;
import dev.isogloss.trainer.method.pretrain.MaskedLanguageModelling;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.step.ModelFiles;
import dev.isogloss.trainer.step.OpenedEncoder;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.step.StepJournal;
import dev.isogloss.trainer.step.StepOutput;
import dev.isogloss.trainer.step.inputs.Corpora;
import dev.isogloss.trainer.step.inputs.EncoderOpener;
import dev.isogloss.trainer.tensor.Engine;
import java.io.IOException;
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
        CorpusTexts corpus = Corpora.read(spec.corpus(), spec.languages(), inputs);
        OpenedEncoder opened =
                switch (spec.encoder()) {
                    case EncoderOrigin.Fresh fresh ->
                        EncoderOpener.create(fresh, corpus, spec.settings().maxLength(), spec.seed(), inputs);
                    case EncoderOrigin.Published published -> EncoderOpener.open(published, inputs);
                    case EncoderOrigin.FromStep made -> EncoderOpener.open(made, inputs);
                };
        Pretrain settings = spec.settings();
        try (Encoder encoder = opened.encoder()) {
            if (encoder.mlmHead().names().isEmpty()) {
                inputs.journal().note("the encoder came without a head for masked words; a new one is trained");
                encoder.addMlmHead(RandomStream.of(spec.seed(), "word head"));
            }
            EncoderOpener.prepare(encoder, settings.maxLength(), "pretrain.maxLength", spec.precision(), inputs);
            MaskedCorpus masked = MaskedCorpus.of(corpus, opened, spec, inputs.journal());
            Engine.trimHeap(); // a tokenizer of 250,000 pieces was worth hundreds of megabytes
            MaskedLanguageModelling method = new MaskedLanguageModelling(
                    encoder, masked.masking(), masked.texts(), masked.pairs(), settings, spec.precision(), spec.seed());
            StepOutput output = inputs.prove();
            TrainingOutcome outcome = output.train(method, null);
            ModelFiles.writeEncoder(output.folder().model(), encoder, opened.tokenizer());
            StepJournal journal = inputs.journal();
            journal.fact(Fact.Updates, outcome.updates());
            journal.fact(
                    Fact.Sequences, masked.texts().stream().mapToInt(List::size).sum());
            journal.fact(Fact.Pairs, masked.pairs().size());
            journal.fact(Fact.Vocabulary, masked.vocabulary());
            return output.result(List.of());
        }
    }
}
