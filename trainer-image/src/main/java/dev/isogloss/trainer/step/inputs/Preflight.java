package dev.isogloss.trainer.step.inputs;

import dev.isogloss.api.cluster.Locations;
import dev.isogloss.api.data.Location;
import dev.isogloss.api.data.SplitSource;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.Input;
import dev.isogloss.trainer.data.ClaimFolders;
import dev.isogloss.trainer.data.CorpusReader;
import dev.isogloss.trainer.data.DataFiles;
import dev.isogloss.trainer.data.DatasetReader;
import dev.isogloss.trainer.data.DictionaryFile;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Looks at the files that steps will read before the first of them runs: a misspelt split, one that asks for more
/// examples than there are, a broken line in the test set of the last language are told at once, and not after a night
/// of training. Data is read to its end, a piece at a time; of encoders, text and translations it only looks
/// whether they are there.
public final class Preflight {
    /// Examples held at once.
    private static final int PIECE = 1000;

    private final Locations locations;
    private final ClaimFolders claims;
    private final Set<Seen> seen = new HashSet<>();

    /// A split that was read: cut in the same way, it need not be read again.
    private record Seen(Path file, Optional<SplitSource> cut) {}

    public Preflight(Locations locations, ClaimFolders claims) {
        this.locations = locations;
        this.claims = claims;
    }

    /// @param steps those that are still to run
    /// @throws InvalidInput for the first file that is missing (says what was looked for and what is there), cannot
    ///     be read (with the line) or holds too little
    public void check(Collection<PlannedStep> steps) {
        for (PlannedStep step : steps) step.spec().reads().forEach(this::check);
    }

    /// @throws InvalidInput as for steps
    void check(Input input) {
        input.in(locations).ifPresent(location -> {
            switch (input) {
                case Input.LabelledData data -> files(data, location);
                case Input.PlainText text -> new CorpusReader(claims).requireTexts(location, text.languages());
                case Input.Translations pairs ->
                    new CorpusReader(claims)
                            .requirePairs(location, pairs.corpus().languages());
                case Input.PublishedEncoder published -> {
                    if (!EncoderFinder.isOnHub(location)) EncoderFinder.local(published.encoder(), location, claims);
                }
                case Input.Dictionary dictionary -> DictionaryFile.of(dictionary.dictionary(), location, claims);
                case Input.StepOutput _ -> {}
            }
        });
    }

    private void files(Input.LabelledData read, Location location) {
        DataFiles files = new DataFiles(read.data(), location, locations.languages(), claims);
        for (String language : read.languages())
            for (String split : read.splits()) {
                Path file = files.file(language, split, read.otherwise());
                if (seen.add(new Seen(file, DatasetReader.cut(read.data(), language, split))))
                    DatasetReader.stream(
                            read.data(), file, file.toString(), language, split, read.task(), PIECE, _ -> {});
            }
    }
}
