package dev.isogloss.trainer.step.rounds;

import dev.isogloss.plan.step.PredictPoolStep;
import dev.isogloss.plan.step.SelectPseudoLabelsStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.report.RoundRow;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.data.Example;
import dev.isogloss.trainer.pseudolabel.ConfidentDraw;
import dev.isogloss.trainer.pseudolabel.ExampleName;
import dev.isogloss.trainer.pseudolabel.PseudoLabel;
import dev.isogloss.trainer.pseudolabel.PseudoLabels;
import dev.isogloss.trainer.pseudolabel.SelectionManifest;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.step.Predictions;
import dev.isogloss.trainer.step.StepSession;
import dev.isogloss.trainer.step.inputs.LabelledData;
import dev.isogloss.trainer.step.inputs.PseudoLabelSplits;
import dev.isogloss.trainer.store.AtomicFiles;
import dev.isogloss.trainer.store.Sha256;
import dev.isogloss.trainer.store.StoreJson;
import dev.isogloss.trainer.task.Prediction;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Draws the labels that are handed on, and writes them with their texts: one pass over the labels to find those that
/// are trusted, one over labels and pool side by side to write those that were drawn.
public final class SelectPseudoLabelsRunner {
    private static final int MOST_CLASSES = 20;

    private final SelectPseudoLabelsStep spec;
    private final StepSession bench;

    public SelectPseudoLabelsRunner(SelectPseudoLabelsStep spec, StepSession bench) {
        this.spec = spec;
        this.bench = bench;
    }

    public StepResult run() throws IOException {
        PredictPoolStep label = label();
        Set<ExampleName> taken = taken();
        long labelled = labelled();
        ConfidentDraw draw = new ConfidentDraw(spec.confidence(), taken);
        if (!PseudoLabelSplits.keptItsModel(spec.predictions(), bench)) offer(label, draw);
        RandomStream stream =
                RandomStream.of(spec.seed(), "select", spec.earlier().size(), bits(spec.predictions()));
        BitSet drawn = draw.draw(ConfidentDraw.most(labelled, spec.sampleFraction()), stream);
        SelectionManifest[] made = new SelectionManifest[1];
        AtomicFiles.folder(bench.folder().selected(), folder -> made[0] = write(folder, label, draw, drawn));
        SelectionManifest manifest = made[0];
        bench.note("%,d of %,d are trusted, %,d handed on"
                .formatted(manifest.confident(), manifest.pool(), manifest.count()));
        return bench.result(List.of(), facts(manifest, labelled), Map.of(RoundRow.PSEUDO_LABELS, manifest.sha256()));
    }

    /// What was labelled, in which order.
    private PredictPoolStep label() throws IOException {
        Path step = bench.context().store().spec(spec.predictions());
        return StoreJson.MAPPER.readValue(Files.readAllBytes(step), PredictPoolStep.class);
    }

    private Set<ExampleName> taken() throws IOException {
        Set<ExampleName> taken = new HashSet<>();
        for (StepKey earlier : spec.earlier())
            for (PseudoLabel label : PseudoLabels.read(bench.context().store().selected(earlier)))
                taken.add(label.name());
        return taken;
    }

    /// n: how many labelled examples there are in the first place.
    private long labelled() {
        LabelledData gold = new LabelledData(spec.data(), spec.task().type(), bench);
        long[] count = new long[1];
        for (String language : spec.languages())
            gold.stream(language, "train", PredictPoolRunner.PIECE, piece -> count[0] += piece.size());
        return count[0];
    }

    private void offer(PredictPoolStep label, ConfidentDraw draw) throws IOException {
        Path folder = bench.context().store().predictions(spec.predictions());
        for (String language : label.languages())
            try (BufferedReader lines = Predictions.open(folder, language, label.split())) {
                for (Prediction of = Predictions.next(lines); of != null; of = Predictions.next(lines))
                    draw.offer(new ExampleName(language, of.id()), of.confidence());
            }
    }

    /// Different for every model and round, and the same wherever the step runs.
    private static long bits(StepKey key) {
        return Long.parseUnsignedLong(key.hex().substring(0, 16), 16);
    }

    private SelectionManifest write(Path folder, PredictPoolStep label, ConfidentDraw draw, BitSet drawn)
            throws IOException {
        Counts counts = new Counts();
        Path file = folder.resolve(PseudoLabels.LABELS);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            if (!drawn.isEmpty()) copy(label, drawn, out, counts);
        }
        SelectionManifest manifest = new SelectionManifest(
                drawn.cardinality(),
                counts.classes,
                Sha256.read(file),
                draw.left(),
                draw.confident(),
                counts.known,
                counts.wrong);
        PseudoLabels.writeManifest(folder, manifest);
        return manifest;
    }

    private static final class Counts {
        final Map<String, Long> classes = new TreeMap<>();
        long known;
        long wrong;
        int place;

        void add(PseudoLabel label) {
            label.labels().forEach(each -> classes.merge(each, 1L, Long::sum));
            if (label.gold() != null) known++;
            if (label.differsFromGold()) wrong++;
        }
    }

    /// The pool is read beside its labels: line k of one is example k of the other.
    private void copy(PredictPoolStep label, BitSet drawn, BufferedWriter out, Counts counts) throws IOException {
        LabelledData pool = new LabelledData(label.data(), label.task().type(), bench);
        Path folder = bench.context().store().predictions(spec.predictions());
        for (String language : label.languages())
            try (BufferedReader lines = Predictions.open(folder, language, label.split())) {
                pool.stream(language, label.split(), PredictPoolRunner.PIECE, piece -> {
                    try {
                        for (Example example : piece.examples()) {
                            Prediction of = Predictions.next(lines);
                            if (of == null || !of.id().equals(example.id()))
                                throw new IllegalStateException(
                                        "the labels of %s are not those of its pool: %s where %s is"
                                                .formatted(language, of == null ? "nothing" : of.id(), example.id()));
                            if (!drawn.get(counts.place++)) continue;
                            PseudoLabel line =
                                    PseudoLabel.of(language, example, of.predicted(), of.confidence(), of.gold());
                            PseudoLabels.write(out, line);
                            counts.add(line);
                        }
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                });
            } catch (UncheckedIOException failure) {
                throw failure.getCause();
            }
    }

    private static Map<String, Double> facts(SelectionManifest manifest, long labelled) {
        Map<String, Double> facts = new LinkedHashMap<>();
        facts.put("gold", (double) labelled);
        facts.put("pool", (double) manifest.pool());
        facts.put(RoundRow.CONFIDENT, (double) manifest.confident());
        facts.put(RoundRow.SELECTED, (double) manifest.count());
        facts.put(RoundRow.KNOWN, (double) manifest.known());
        facts.put(RoundRow.WRONG, (double) manifest.wrong());
        List<String> classes = new ArrayList<>(manifest.classes().keySet());
        if (classes.size() <= MOST_CLASSES)
            manifest.classes().forEach((name, count) -> facts.put(RoundRow.OF_CLASS + name, (double) count));
        return facts;
    }
}
