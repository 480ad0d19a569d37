package dev.isogloss.trainer.step;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.result.Fact;
import dev.isogloss.result.Facts;
import dev.isogloss.result.Provenance;
import dev.isogloss.result.Score;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.store.StoreJson;
import dev.isogloss.trainer.tensor.Engine;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The notes that a step makes while it runs, and the facts and hashes that it keeps for its result.
public final class StepJournal {
    private final PlannedStep step;
    private final Progress progress;
    private final SeenNotes seen;
    private final Instant started = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final Map<String, String> read = new TreeMap<>();
    private Facts facts = Facts.NONE;

    StepJournal(PlannedStep step, Progress progress, SeenNotes seen) {
        this.step = step;
        this.progress = progress;
        this.seen = seen;
    }

    /// When this attempt at the step began, in whole milliseconds, as its result will say.
    Instant started() {
        return started;
    }

    public void note(String sentence) {
        progress.note(sentence);
    }

    /// Tells something about the data, which every seed would tell again.
    public void noteOnce(String sentence) {
        if (seen.isNew(sentence)) note(sentence);
    }

    /// The progress of a step that does not train.
    ///
    /// @param examplesPerSecond NaN if not measured
    public void progress(long done, long of, double examplesPerSecond) {
        progress.update(done, of, Double.NaN, examplesPerSecond, Double.NaN);
    }

    void read(Map<String, String> sha256ByFile) {
        read.putAll(sha256ByFile);
    }

    /// A number worth keeping with the result.
    public void fact(Fact fact, double value) {
        facts = facts.with(fact, value);
    }

    /// @param detail a class, a split and language, a stage; parts of it stand behind dots
    public void fact(Fact fact, String detail, double value) {
        facts = facts.with(fact, detail, value);
    }

    public void facts(Facts more) {
        facts = facts.with(more);
    }

    StepResult result(List<Score> scores) {
        Instant finished = Instant.now();
        fact(Fact.Seconds, Duration.between(started, finished).toMillis() / 1e3);
        fact(Fact.PeakMemoryBytes, Engine.peakMemoryBytes());
        return new StepResult(
                step.key(),
                step.spec().kind(),
                scores,
                facts,
                new Provenance(
                        started,
                        finished.truncatedTo(ChronoUnit.MILLIS),
                        software(),
                        Engine.describeDevice(),
                        Engine.threads(),
                        read));
    }

    /// Of bfloat16 only where the step asks for it.
    private Map<String, String> software() {
        Map<String, String> versions = new TreeMap<>(Engine.versions());
        boolean asked = StoreJson.MAPPER
                .valueToTree(step.spec())
                .findValuesAsText("precision")
                .contains(Precision.BFloat16.name());
        if (!asked) versions.remove(Engine.BFLOAT16);
        return versions;
    }
}
