package dev.isogloss.trainer.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.json.JsonMistake;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.planner.PlannedManifest;
import dev.isogloss.result.ExitCode;
import dev.isogloss.result.Score;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.store.EncoderCopies;
import dev.isogloss.trainer.store.Garbage;
import dev.isogloss.trainer.store.StepFolder;
import dev.isogloss.trainer.store.Store;
import dev.isogloss.trainer.store.StoreCheck;
import dev.isogloss.trainer.store.StoreEntry;
import dev.isogloss.trainer.store.StoreJson;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ScopeType;

/// `isogloss store`: one method for each of its commands.
@Command(
        name = "store",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Look into a store, check it, and clear it up.",
            "",
            "  isogloss store ls",
            "  isogloss store show 3f9a",
            "  isogloss store gc --keep examples/quickstart.yaml --yes",
            ""
        })
final class StoreCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Isogloss isogloss;

    @Option(
            names = "--store",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "The store: a folder, or s3://BUCKET/FOLDER. Default: ./.isogloss.")
    private @Nullable String option;

    @Override
    public void run() {
        ls();
    }

    private Store store() {
        Path usual = isogloss.environment.folder().resolve(StoreOptions.DEFAULT);
        return Stores.open(option == null ? usual.toString() : option, isogloss.environment.variables());
    }

    @Command(name = "ls", description = "List the steps: key, kind, size, when, scores.")
    void ls() {
        PrintStream out = isogloss.environment.out();
        List<StoreEntry> entries = StoreEntry.all(store());
        entries.forEach(entry -> out.println(line(entry)));
        List<EncoderCopies.Listed> encoders = store().encoders();
        encoders.forEach(copy -> out.println(StoredEncoders.line(copy)));
        long bytes = entries.stream().mapToLong(StoreEntry::bytes).sum()
                + encoders.stream().mapToLong(EncoderCopies.Listed::bytes).sum();
        out.println("%d steps%s, %s, in %s"
                .formatted(entries.size(), StoredEncoders.count(encoders.size()), size(bytes), store().address()));
    }

    private static String line(StoreEntry entry) {
        String state = entry.result().map(StoreCommand::scores).orElse("unfinished");
        return String.format(
                        Locale.ROOT,
                        "%s  %-9s %9s  %s  %s",
                        entry.key().brief(),
                        entry.kind(),
                        size(entry.bytes()),
                        entry.newest().truncatedTo(ChronoUnit.SECONDS),
                        state)
                .stripTrailing();
    }

    private static String scores(StepResult result) {
        List<Score> scores = result.scores();
        String shown = scores.stream()
                .limit(4)
                .map(score -> String.format(
                        Locale.ROOT, "%s %s %s %.4f", score.language(), score.split(), score.metric(), score.value()))
                .collect(Collectors.joining(", "));
        return scores.size() > 4 ? shown + ", and %d more".formatted(scores.size() - 4) : shown;
    }

    @Command(name = "show", description = "Print everything about one step as JSON.")
    void show(@Parameters(paramLabel = "KEY", description = "The step's key, or its first digits.") String digits)
            throws IOException {
        Store store = store();
        StepKey key = store.find(digits);
        ObjectNode node = StoreJson.MAPPER.createObjectNode();
        node.put("key", key.hex());
        node.put("folder", store.address(key));
        node.put("done", store.isDone(key));
        for (String file : List.of(StepFolder.STEP, StepFolder.RESULT, StepFolder.FILES)) {
            Optional<byte[]> content = store.read(key, file);
            if (content.isPresent()) node.set(file.replace(".json", ""), json(content.get()));
        }
        isogloss.environment.out().println(node.toPrettyString());
    }

    private static JsonNode json(byte[] content) throws IOException {
        try {
            return StoreJson.MAPPER.readTree(content);
        } catch (JsonProcessingException broken) {
            return StoreJson.MAPPER.getNodeFactory().textNode("is no JSON: " + JsonMistake.inWords(broken));
        }
    }

    @Command(
            name = "gc",
            description =
                    "List what can go: unfinished steps that were not touched for a while and, with --keep, finished steps"
                            + " and encoders of a hub that the kept manifests do not want. Removes nothing without"
                            + " --yes.")
    void gc(
            @Option(
                            names = "--older-than",
                            paramLabel = "DAYS",
                            defaultValue = "7",
                            description = "Days after which an unfinished step counts as abandoned. Default: 7.")
                    int days,
            @Option(
                            names = "--keep",
                            paramLabel = "MANIFEST",
                            description = "Finished steps that none of these manifests wants can go too.")
                    @Nullable
                    List<Path> keep,
            @Option(names = "--dry-run", description = "Only list. This is the default.") boolean dryRun,
            @Option(names = "--yes", description = "Remove what is listed.") boolean yes) {
        Store store = store();
        List<PlannedStep> wanted = wanted(keep);
        Instant now = isogloss.environment.clock().instant();
        List<Garbage.Removal> items = Garbage.in(
                store,
                Duration.ofDays(days),
                wanted == null ? null : wanted.stream().map(PlannedStep::key).collect(Collectors.toSet()),
                now);
        List<Garbage.EncoderRemoval> encoders = Garbage.encodersIn(
                store, Duration.ofDays(days), wanted == null ? null : StoredEncoders.readBy(wanted), now);
        collect(store, items, encoders, !yes || dryRun);
    }

    private void collect(
            Store store, List<Garbage.Removal> items, List<Garbage.EncoderRemoval> encoders, boolean onlyList) {
        PrintStream out = isogloss.environment.out();
        int gone = 0;
        long freed = 0;
        for (Garbage.Removal item : items) {
            StoreEntry entry = item.entry();
            boolean removed = !onlyList && Garbage.remove(store, entry.key());
            out.println("%s  %s  %s  %s%s"
                    .formatted(
                            entry.key().brief(),
                            entry.kind(),
                            size(entry.bytes()),
                            item.because(),
                            removed ? ", removed" : onlyList ? "" : ", kept: a process runs it now"));
            if (!removed && !onlyList) continue;
            gone++;
            freed += entry.bytes();
        }
        int copies = 0;
        for (Garbage.EncoderRemoval item : encoders) {
            boolean removed = !onlyList && Garbage.remove(store, item.copy());
            out.println(StoredEncoders.removal(
                    item, removed ? ", removed" : onlyList ? "" : ", kept: a process runs a step now"));
            if (!removed && !onlyList) continue;
            copies++;
            freed += item.copy().bytes();
        }
        String what = "%d steps%s, %s".formatted(gone, StoredEncoders.count(copies), size(freed));
        if (items.isEmpty() && encoders.isEmpty()) out.println("Nothing to remove.");
        else if (onlyList) out.println(what + ", can go. Add --yes to remove them.");
        else out.println(what + ", removed.");
    }

    private static @Nullable List<PlannedStep> wanted(@Nullable List<Path> keep) {
        if (keep == null) return null;
        return PlannedManifest.read(keep).stream()
                .flatMap(experiment -> experiment.plan().steps().stream())
                .toList();
    }

    @Command(
            name = "verify",
            description =
                    "Read all finished steps again and compare every file with its SHA-256. Exit code 1 if one differs.")
    int verify() {
        Store store = store();
        List<String> findings = Stream.concat(
                        store.keys().stream().map(key -> StoreCheck.of(store, key)),
                        store.encoders().stream().map(copy -> StoreCheck.of(store, copy)))
                .flatMap(List::stream)
                .toList();
        findings.forEach(finding -> isogloss.environment.out().println(finding));
        long done = store.keys().stream().filter(store::isDone).count();
        isogloss.environment
                .out()
                .println(
                        findings.isEmpty()
                                ? "%d finished steps, all as they were left.".formatted(done)
                                : "%d finished steps, %d findings.".formatted(done, findings.size()));
        return (findings.isEmpty() ? ExitCode.Done : ExitCode.Failed).code();
    }

    /// Bytes as people read them.
    static String size(long bytes) {
        if (bytes < 1000) return bytes + " B";
        double value = bytes;
        for (String unit : List.of("kB", "MB", "GB")) {
            value /= 1000;
            if (value < 1000) return String.format(Locale.ROOT, "%.1f %s", value, unit);
        }
        return String.format(Locale.ROOT, "%.1f TB", value / 1000);
    }
}
