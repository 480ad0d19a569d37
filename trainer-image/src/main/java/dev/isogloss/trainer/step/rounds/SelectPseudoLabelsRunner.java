package dev.isogloss.trainer.step.rounds;

import dev.isogloss.json.Sha256;
import dev.isogloss.plan.step.PredictPoolStep;
import dev.isogloss.plan.step.SelectPseudoLabelsStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.Fact;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.data.Example;
import dev.isogloss.trainer.pseudolabel.ClassesLeftOut;
import dev.isogloss.trainer.pseudolabel.ConfidentDraw;
import dev.isogloss.trainer.pseudolabel.ExampleName;
import dev.isogloss.trainer.pseudolabel.JudgedLabel;
import dev.isogloss.trainer.pseudolabel.PseudoLabel;
import dev.isogloss.trainer.pseudolabel.PseudoLabels;
import dev.isogloss.trainer.pseudolabel.SelectionManifest;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.step.Predictions;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.step.StepOutput;
import dev.isogloss.trainer.step.inputs.EarlyStopOfRounds;
import dev.isogloss.trainer.step.inputs.LabelledData;
import dev.isogloss.trainer.store.AtomicFiles;
import dev.isogloss.trainer.task.Prediction;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Draws the labels that are handed on, and writes them with their texts: one pass over the labels to find those that
/// are trusted, one over labels and pool side by side to write those that were drawn.
public final class SelectPseudoLabelsRunner {
    private final SelectPseudoLabelsStep spec;
    private final StepInputs inputs;

    public SelectPseudoLabelsRunner(SelectPseudoLabelsStep spec, StepInputs inputs) {
        this.spec = spec;
        this.inputs = inputs;
    }

    public StepResult run() throws IOException {
        PredictPoolStep label = label();
        Set<ExampleName> taken = taken();
        long labelled = labelled();
        ConfidentDraw draw = new ConfidentDraw(spec.confidence(), taken);
        ClassesLeftOut leftOut = new ClassesLeftOut();
        if (!EarlyStopOfRounds.keptItsModel(spec.predictions(), inputs)) offer(label, draw, leftOut);
        RandomStream stream =
                RandomStream.of(spec.seed(), "select", spec.earlier().size(), bits(spec.predictions()));
        BitSet drawn = draw.draw(ConfidentDraw.most(labelled, spec.sampleFraction()), stream);
        SelectionManifest[] made = new SelectionManifest[1];
        StepOutput output = inputs.prove();
        AtomicFiles.folder(output.folder().selected(), folder -> made[0] = write(folder, label, draw, drawn));
        SelectionManifest manifest = made[0];
        inputs.journal()
                .note("%,d of %,d are trusted, %,d handed on"
                        .formatted(manifest.confident(), manifest.pool(), manifest.count()));
        leftOut.handedOn(manifest.classes());
        for (StepKey earlier : spec.earlier())
            leftOut.handedOn(PseudoLabels.manifest(inputs.selected(earlier)).classes());
        leftOut.note("lower the strategy's confidence").ifPresent(inputs.journal()::note);
        inputs.journal().fact(Fact.Gold, labelled);
        inputs.journal().fact(Fact.Confident, manifest.confident());
        inputs.journal().facts(manifest.facts());
        return output.result(List.of()).withPseudoLabels(manifest.sha256());
    }

    /// The labelled texts, in order.
    private PredictPoolStep label() throws IOException {
        return (PredictPoolStep) inputs.spec(spec.predictions());
    }

    private Set<ExampleName> taken() throws IOException {
        Set<ExampleName> taken = new HashSet<>();
        for (StepKey earlier : spec.earlier())
            for (PseudoLabel label : PseudoLabels.read(inputs.selected(earlier))) taken.add(label.name());
        return taken;
    }

    /// n: how many labelled examples there are in the first place.
    private long labelled() {
        LabelledData gold = new LabelledData(spec.data(), spec.task().type(), inputs);
        long[] count = new long[1];
        for (String language : spec.languages())
            gold.stream(language, "train", PoolTexts.PIECE, piece -> count[0] += piece.size());
        return count[0];
    }

    private void offer(PredictPoolStep label, ConfidentDraw draw, ClassesLeftOut leftOut) throws IOException {
        Path folder = inputs.predictions(spec.predictions());
        for (String language : label.languages())
            try (BufferedReader lines = Predictions.open(folder, language, label.split())) {
                for (Prediction of = Predictions.next(lines); of != null; of = Predictions.next(lines)) {
                    draw.offer(new ExampleName(language, of.id()), of.confidence());
                    leftOut.given(of.predicted());
                }
            }
    }

    /// Different for every model and round, and the same wherever the step runs.
    private static long bits(StepKey key) {
        return Long.parseUnsignedLong(key.hex().substring(0, 16), 16);
    }

    private SelectionManifest write(Path folder, PredictPoolStep label, ConfidentDraw draw, BitSet drawn)
            throws IOException {
        LabelCounts counts = new LabelCounts();
        Path file = folder.resolve(PseudoLabels.LABELS);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            if (!drawn.isEmpty()) copy(label, drawn, out, counts);
        }
        SelectionManifest manifest = counts.manifest(Sha256.of(file), draw.left(), draw.confident());
        PseudoLabels.writeManifest(folder, manifest);
        return manifest;
    }

    /// The pool is read beside its labels: line k of one is example k of the other.
    private void copy(PredictPoolStep label, BitSet drawn, BufferedWriter out, LabelCounts counts) throws IOException {
        PoolTexts pool = new PoolTexts(label.pool(), inputs);
        Path folder = inputs.predictions(spec.predictions());
        for (String language : label.languages())
            try (BufferedReader lines = Predictions.open(folder, language, label.split())) {
                pool.stream(language, piece -> {
                    for (Example example : piece.examples()) {
                        Prediction of = Predictions.of(example.id(), lines);
                        if (drawn.get(counts.next()))
                            counts.write(
                                    JudgedLabel.of(
                                            PseudoLabel.of(language, example, of.predicted(), of.confidence()),
                                            of.gold()),
                                    out);
                    }
                });
            } catch (UncheckedIOException failure) {
                throw failure.getCause();
            }
    }
}
