package dev.isogloss.trainer.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.json.JsonMistake;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.planner.PlannedManifest;
import dev.isogloss.result.ExitCode;
import dev.isogloss.result.Score;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.store.EncoderCopies;
import dev.isogloss.trainer.store.Garbage;
import dev.isogloss.trainer.store.Leftover;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
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
    /// What is left of computing a finished step again.
    private static final String REPEAT = "unfinished repeat";

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
        Store store = store();
        Stores.absence(store).ifPresent(isogloss.environment.err()::println);
        List<StoreEntry> entries = StoreEntry.all(store);
        entries.forEach(entry -> out.println(line(entry)));
        List<Leftover> repeats = store.leftovers();
        repeats.forEach(repeat -> out.println(line(store, repeat)));
        List<EncoderCopies.Listed> encoders = store.encoders();
        encoders.forEach(copy -> out.println(StoredEncoders.line(copy)));
        long bytes = entries.stream().mapToLong(StoreEntry::bytes).sum()
                + repeats.stream().mapToLong(Leftover::bytes).sum()
                + encoders.stream().mapToLong(EncoderCopies.Listed::bytes).sum();
        out.println("%s, %s, in %s"
                .formatted(count(entries.size(), repeats.size(), encoders.size()), size(bytes), store.address()));
    }

    private static String line(Store store, Leftover repeat) {
        return line(repeat.key(), StoreEntry.kind(store, repeat.key()), repeat.bytes(), repeat.newest(), REPEAT);
    }

    /// "2 steps, 1 unfinished repeat and 3 encoders".
    private static String count(int steps, int repeats, int encoders) {
        List<String> parts = new ArrayList<>(List.of(steps + " steps"));
        if (repeats > 0) parts.add(repeats == 1 ? "1 " + REPEAT : "%d %ss".formatted(repeats, REPEAT));
        if (encoders > 0) parts.add(encoders == 1 ? "1 encoder" : encoders + " encoders");
        String last = parts.removeLast();
        return parts.isEmpty() ? last : String.join(", ", parts) + " and " + last;
    }

    private static String line(StoreEntry entry) {
        String state = entry.result().map(StoreCommand::scores).orElse("unfinished");
        return line(entry.key(), entry.kind(), entry.bytes(), entry.newest(), state);
    }

    private static String line(StepKey key, String kind, long bytes, Instant newest, String state) {
        return String.format(
                        Locale.ROOT,
                        "%s  %-9s %9s  %s  %s",
                        key.brief(),
                        kind,
                        size(bytes),
                        newest.truncatedTo(ChronoUnit.SECONDS),
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
        if (store.isStale(key)) node.put("stale", true);
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
                    "List what can go: unfinished steps, and what a stopped run --again left, that were not touched for a"
                            + " while and, with --keep, finished steps and encoders of a hub that the kept manifests do"
                            + " not want. Removes nothing without --yes.")
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
        if (days < 0) throw new InvalidInput("--older-than is %d; it must be at least 0.".formatted(days));
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
        Set<StepKey> going = items.stream().map(item -> item.entry().key()).collect(Collectors.toSet());
        List<Garbage.LeftoverRemoval> repeats = Garbage.leftoversIn(store, Duration.ofDays(days), now).stream()
                .filter(item -> !going.contains(item.leftover().key()))
                .toList();
        boolean onlyList = !yes || dryRun;
        Sum steps = new Sum(onlyList, "it");
        for (Garbage.Removal item : items) {
            StoreEntry entry = item.entry();
            String text = text(entry.key(), entry.kind(), entry.bytes(), item.because());
            steps.add(text, entry.bytes(), () -> Garbage.remove(store, entry.key()));
        }
        Sum left = new Sum(onlyList, "it");
        for (Garbage.LeftoverRemoval item : repeats) {
            Leftover repeat = item.leftover();
            String text = text(repeat.key(), item.kind(), repeat.bytes(), item.because());
            left.add(text, repeat.bytes(), () -> Garbage.remove(store, repeat));
        }
        Sum copies = new Sum(onlyList, "a step");
        for (Garbage.EncoderRemoval item : encoders)
            copies.add(StoredEncoders.removal(item), item.copy().bytes(), () -> Garbage.remove(store, item.copy()));
        String what = "%s, %s"
                .formatted(count(steps.count, left.count, copies.count), size(steps.bytes + left.bytes + copies.bytes));
        boolean nothing = items.isEmpty() && repeats.isEmpty() && encoders.isEmpty();
        String outcome = onlyList ? ", can go. Add --yes to remove them." : ", removed.";
        isogloss.environment.out().println(nothing ? "Nothing to remove." : what + outcome);
    }

    private static String text(StepKey key, String kind, long bytes, String because) {
        return "%s  %s  %s  %s".formatted(key.brief(), kind, size(bytes), because);
    }

    /// What can go, or went, of one sort.
    private final class Sum {
        private final boolean onlyList;
        private final String running;
        private int count;
        private long bytes;

        /// @param running what a process runs where something is kept
        Sum(boolean onlyList, String running) {
            this.onlyList = onlyList;
            this.running = running;
        }

        /// @param removal false if something is kept
        void add(String text, long size, BooleanSupplier removal) {
            boolean removed = !onlyList && removal.getAsBoolean();
            String outcome = onlyList ? "" : removed ? ", removed" : ", kept: a process runs %s now".formatted(running);
            isogloss.environment.out().println(text + outcome);
            if (!removed && !onlyList) return;
            count++;
            bytes += size;
        }
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
