package dev.isogloss.trainer.step.rounds;

import dev.isogloss.json.Sha256;
import dev.isogloss.plan.step.AugmentStep;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.result.Fact;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.augment.AugmentedCopies;
import dev.isogloss.trainer.augment.AugmentedCopy;
import dev.isogloss.trainer.augment.CopyMaker;
import dev.isogloss.trainer.augment.SuccessiveMasking;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.step.OpenedEncoder;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.step.StepOutput;
import dev.isogloss.trainer.step.inputs.EncoderOpener;
import dev.isogloss.trainer.step.inputs.LabelledData;
import dev.isogloss.trainer.store.AtomicFiles;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Copies of a split by a masked language model, a piece at a time: the texts of one piece and their copies are all
/// that is in memory. A piece that is done is kept, so that a step that is stopped or killed goes on with the next
/// one.
public final class AugmentRunner {
    private final AugmentStep spec;
    private final StepInputs inputs;
    private final LabelledData data;
    private long of;
    private long done;
    private long before;
    private long started;

    public AugmentRunner(AugmentStep spec, StepInputs inputs) {
        this.spec = spec;
        this.inputs = inputs;
        this.data = new LabelledData(spec.data(), spec.task(), inputs);
    }

    public StepResult run() throws IOException {
        data.stream(spec.language(), spec.split(), PoolTexts.PIECE, piece -> of += piece.size());
        OpenedEncoder opened = EncoderOpener.open(spec.generator(), inputs);
        try (var encoder = opened.encoder();
                Tokenizer tokenizer =
                        EncoderOpener.tokenizer(opened.tokenizer(), encoder, spec.maxLength(), inputs.journal())) {
            EncoderOpener.prepare(encoder, spec.maxLength(), "encoder.maxLength", spec.precision(), inputs);
            SuccessiveMasking masking = new SuccessiveMasking(
                    encoder, tokenizer, spec.settings().fill(), spec.precision(), name(spec.generator()));
            StepOutput output = inputs.prove();
            List<Path> pieces = pieces(tokenizer, masking, output);
            AugmentedCopies.Manifest[] made = new AugmentedCopies.Manifest[1];
            AtomicFiles.folder(output.folder().augmented(), folder -> made[0] = join(pieces, folder));
            inputs.journal().fact(Fact.Examples, of);
            inputs.journal().fact(Fact.Copies, made[0].count());
            inputs.journal().fact(Fact.Discarded, made[0].discarded());
            inputs.journal().note("%,d copies of %,d texts".formatted(made[0].count(), of));
            return output.result(List.of()).withCopies(made[0].sha256());
        }
    }

    private static String name(EncoderOrigin generator) {
        return switch (generator) {
            case EncoderOrigin.Published published -> published.name();
            case EncoderOrigin.FromStep made -> "that step " + made.by().brief() + " made";
            case EncoderOrigin.Fresh _ -> "that is made here";
        };
    }

    private List<Path> pieces(Tokenizer tokenizer, SuccessiveMasking masking, StepOutput output) throws IOException {
        Files.createDirectories(output.folder().checkpoint());
        List<Path> pieces = new ArrayList<>();
        started = System.nanoTime();
        try {
            data.stream(spec.language(), spec.split(), PoolTexts.PIECE, piece -> {
                Path file = output.folder().checkpoint().resolve("copies.%d".formatted(pieces.size()));
                pieces.add(file);
                piece(piece, file, tokenizer, masking, output);
            });
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
        if (before > 0) inputs.journal().note("%,d of %,d texts had their copies before".formatted(before, of));
        return pieces;
    }

    private void piece(Split piece, Path folder, Tokenizer tokenizer, SuccessiveMasking masking, StepOutput output) {
        inputs.stopIfRequested("after the copies of %,d of %,d texts".formatted(done, of));
        boolean known = Files.exists(folder);
        if (known) before += piece.size();
        else {
            CopyMaker maker = new CopyMaker(spec.settings(), tokenizer, masking);
            List<AugmentedCopy> copies = maker.copies(piece, done);
            write(copies, maker.discarded(), folder);
            output.keepCheckpoint();
        }
        done += piece.size();
        double seconds = Math.max(1e-9, (System.nanoTime() - started) / 1e9);
        if (!known) inputs.journal().progress(done, of, (done - before) / seconds);
    }

    /// A piece is a folder as the whole is one, so that what was discarded is known after a stop as well.
    private static void write(List<AugmentedCopy> copies, long discarded, Path target) {
        try {
            AtomicFiles.folder(target, folder -> {
                Path file = folder.resolve(AugmentedCopies.COPIES);
                try (BufferedWriter out = Files.newBufferedWriter(file)) {
                    for (AugmentedCopy copy : copies) AugmentedCopies.write(out, copy);
                }
                AugmentedCopies.writeManifest(
                        folder, new AugmentedCopies.Manifest(copies.size(), discarded, Sha256.of(file)));
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static AugmentedCopies.Manifest join(List<Path> pieces, Path folder) throws IOException {
        Path file = folder.resolve(AugmentedCopies.COPIES);
        long count = 0;
        long discarded = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (Path piece : pieces) {
                AugmentedCopies.Manifest part = AugmentedCopies.manifest(piece);
                count += part.count();
                discarded += part.discarded();
                Files.copy(piece.resolve(AugmentedCopies.COPIES), out);
            }
        }
        AugmentedCopies.Manifest whole = new AugmentedCopies.Manifest(count, discarded, Sha256.of(file));
        AugmentedCopies.writeManifest(folder, whole);
        return whole;
    }
}
