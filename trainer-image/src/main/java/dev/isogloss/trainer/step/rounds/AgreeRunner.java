package dev.isogloss.trainer.step.rounds;

import dev.isogloss.api.method.LabelAgreement;
import dev.isogloss.json.Sha256;
import dev.isogloss.plan.step.AgreeStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.Fact;
import dev.isogloss.result.Facts;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.data.Example;
import dev.isogloss.trainer.pseudolabel.ClassesLeftOut;
import dev.isogloss.trainer.pseudolabel.ConfidentDraw;
import dev.isogloss.trainer.pseudolabel.ExampleName;
import dev.isogloss.trainer.pseudolabel.JudgedLabel;
import dev.isogloss.trainer.pseudolabel.PeerAgreement;
import dev.isogloss.trainer.pseudolabel.PseudoLabel;
import dev.isogloss.trainer.pseudolabel.PseudoLabels;
import dev.isogloss.trainer.pseudolabel.SelectionManifest;
import dev.isogloss.trainer.pseudolabel.TrustedLabels;
import dev.isogloss.trainer.step.Predictions;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.step.StepOutput;
import dev.isogloss.trainer.store.AtomicFiles;
import dev.isogloss.trainer.task.Prediction;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// What two models say together: one pass over the labels of each to find those that are trusted, one over both and the
/// pool side by side to write those that the models agree on.
public final class AgreeRunner {
    private final AgreeStep spec;
    private final StepInputs inputs;
    private final ClassesLeftOut leftOut = new ClassesLeftOut();

    public AgreeRunner(AgreeStep spec, StepInputs inputs) {
        this.spec = spec;
        this.inputs = inputs;
    }

    public StepResult run() throws IOException {
        TrustedLabels first = trusted(spec.predictions().getFirst());
        TrustedLabels second = trusted(spec.predictions().getLast());
        PeerAgreement agreement = new PeerAgreement(spec.agreement());
        SelectionManifest[] made = new SelectionManifest[1];
        StepOutput output = inputs.prove();
        AtomicFiles.folder(output.folder().selected(), folder -> made[0] = write(folder, first, second, agreement));
        inputs.journal()
                .note("trusted are %,d and %,d labels, both hold %,d, agreed are %,d, handed on %,d"
                        .formatted(
                                first.kept().cardinality(),
                                second.kept().cardinality(),
                                agreement.shared(),
                                agreement.agreed(),
                                made[0].count()));
        leftOut.handedOn(made[0].classes());
        leftOut.note(advice()).ifPresent(inputs.journal()::note);
        inputs.journal().facts(facts(first, "1").with(facts(second, "2")).with(made[0].facts()));
        inputs.journal().fact(Fact.Shared, agreement.shared());
        inputs.journal().fact(Fact.Agreed, agreement.agreed());
        return output.result(List.of()).withPseudoLabels(made[0].sha256());
    }

    private String advice() {
        String union = spec.agreement() == LabelAgreement.Both ? ", or set agreement: Union" : "";
        if (spec.posterior() != null) return "lower distillation.posterior" + union;
        if (Objects.requireNonNull(spec.fraction()) < 1) return "raise distillation.fraction of this round" + union;
        return "the two models do not agree on them";
    }

    private TrustedLabels trusted(StepKey predictions) throws IOException {
        DoubleStream.Builder values = DoubleStream.builder();
        Path folder = inputs.predictions(predictions);
        for (String language : spec.pool().languages())
            try (BufferedReader lines =
                    Predictions.open(folder, language, spec.pool().split())) {
                for (Prediction of = Predictions.next(lines); of != null; of = Predictions.next(lines)) {
                    ConfidentDraw.requireNumber(new ExampleName(language, of.id()), of.confidence());
                    leftOut.given(of.predicted());
                    values.add(spec.fraction() != null ? of.confidence() : of.selfLoss());
                }
            }
        double[] all = values.build().toArray();
        if (spec.fraction() != null) return TrustedLabels.mostConfident(all, spec.fraction());
        return TrustedLabels.lowLosses(all, Objects.requireNonNull(spec.posterior()));
    }

    private SelectionManifest write(Path folder, TrustedLabels first, TrustedLabels second, PeerAgreement agreement)
            throws IOException {
        LabelCounts counts = new LabelCounts();
        Path file = folder.resolve(PseudoLabels.LABELS);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (String language : spec.pool().languages())
                try (BufferedReader one = open(spec.predictions().getFirst(), language);
                        BufferedReader other = open(spec.predictions().getLast(), language)) {
                    new PoolTexts(spec.pool(), inputs).stream(language, piece -> {
                        for (Example example : piece.examples()) {
                            int place = counts.next();
                            Peer a = new Peer(first.kept().get(place), Predictions.of(example.id(), one));
                            Peer b = new Peer(second.kept().get(place), Predictions.of(example.id(), other));
                            label(language, example, a, b, agreement).ifPresent(label -> counts.write(label, out));
                        }
                    });
                } catch (UncheckedIOException failure) {
                    throw failure.getCause();
                }
        }
        SelectionManifest manifest = counts.manifest(Sha256.of(file), counts.pool(), agreement.shared());
        PseudoLabels.writeManifest(folder, manifest);
        return manifest;
    }

    /// What one model says of an example.
    private record Peer(boolean trusted, Prediction says) {}

    private static Optional<JudgedLabel> label(
            String language, Example example, Peer a, Peer b, PeerAgreement agreement) {
        double confidence = Stream.of(a, b)
                .filter(Peer::trusted)
                .mapToDouble(peer -> peer.says().confidence())
                .average()
                .orElse(0);
        return agreement
                .labels(a.trusted(), a.says().predicted(), b.trusted(), b.says().predicted())
                .map(labels -> JudgedLabel.of(
                        PseudoLabel.of(language, example, labels, confidence),
                        a.says().gold()));
    }

    private BufferedReader open(StepKey predictions, String language) throws IOException {
        return Predictions.open(
                inputs.predictions(predictions), language, spec.pool().split());
    }

    /// @param which of the two models
    private static Facts facts(TrustedLabels trusted, String which) {
        Facts facts = Facts.NONE.with(Fact.Distilled, which, trusted.kept().cardinality());
        if (trusted.mixture() == null) return facts;
        return facts.with(Fact.CleanWeight, which, trusted.mixture().lower().weight())
                .with(Fact.CleanMean, which, trusted.mixture().lower().mean())
                .with(Fact.NoisyMean, which, trusted.mixture().upper().mean());
    }
}
