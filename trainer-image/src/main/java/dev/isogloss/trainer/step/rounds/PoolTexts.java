package dev.isogloss.trainer.step.rounds;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.step.PoolIdentity;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.trainer.augment.AugmentedCopies;
import dev.isogloss.trainer.augment.AugmentedCopy;
import dev.isogloss.trainer.data.Example;
import dev.isogloss.trainer.data.SourceFile;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.step.inputs.LabelledData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The texts of a pool, a piece at a time: those of a split, or the copies that were made of it.
final class PoolTexts {
    /// Large enough that sorting by length leaves little padding, small enough to be nothing.
    static final int PIECE = 2048;

    private final PoolIdentity pool;
    private final StepInputs inputs;

    PoolTexts(PoolIdentity pool, StepInputs inputs) {
        this.pool = pool;
        this.inputs = inputs;
    }

    /// @throws InvalidInput if a file cannot be read, or is not what the store knows it as
    void stream(String language, Consumer<Split> reader) {
        StepKey copies = pool.copies();
        if (copies == null)
            new LabelledData(pool.data(), pool.task(), inputs).stream(language, pool.split(), PIECE, reader);
        else copies(copies, language, reader);
    }

    private void copies(StepKey step, String language, Consumer<Split> reader) {
        Path folder = inputs.augmented(step);
        String digest = digest(folder);
        if (!digest.equals(inputs.result(step).copies()))
            throw new InvalidInput("%s is not what its augmentation recorded. Remove the folder %s, and it runs again."
                    .formatted(folder, folder.getParent()));
        String name = "augmented/" + step.brief() + ".jsonl";
        inputs.read(null, Map.of(name, digest));
        SourceFile file = new SourceFile(name, folder.resolve(AugmentedCopies.COPIES), digest, 0);
        AugmentedCopies.stream(folder, PIECE, copies -> {
            List<Example> examples = copies.stream().map(AugmentedCopy::example).toList();
            reader.accept(Split.of(language, pool.split(), examples, file));
        });
    }

    private static String digest(Path folder) {
        try {
            return AugmentedCopies.manifest(folder).sha256();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
