package dev.isogloss.manifest;

import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.manifest.Value.Mapping;
import dev.isogloss.manifest.Value.Mark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads manifests: held to the resource definitions themselves, so that a laptop and an API server accept the same
/// files and say the same of the others.
public final class ManifestReader {
    /// Above this an API server would not take the resource either.
    static final int MOST_BYTES = 3 * 1024 * 1024;

    /// More than these are not read by anybody.
    private static final int MOST_PROBLEMS = 50;

    private static final String API_VERSION = "isogloss.dev/v1alpha1";

    private final String file;
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Manifest> manifests = new ArrayList<>();
    private final Set<List<String>> names = new HashSet<>();

    private ManifestReader(String file) {
        this.file = file;
    }

    /// The contents of a file, mistakes included.
    ///
    /// @param manifests those without problems
    /// @param problems  in the order of the file
    /// @param notes     what was passed over, a sentence each
    public record CheckResult(List<Manifest> manifests, List<Problem> problems, List<String> notes) {}

    /// The manifests of a file.
    ///
    /// @throws InvalidInput with all problems at once, a paragraph each
    public static List<Manifest> read(Path file) {
        return orThrow(check(file));
    }

    /// The manifests of a text; `name` stands for it in messages.
    ///
    /// @throws InvalidInput with all problems at once, a paragraph each
    public static List<Manifest> read(String name, String text) {
        return orThrow(check(name, text));
    }

    private static List<Manifest> orThrow(CheckResult checked) {
        if (!checked.problems().isEmpty())
            throw new InvalidInput(
                    checked.problems().stream().map(Problem::toString).collect(Collectors.joining("\n")));
        return checked.manifests();
    }

    /// The contents of a file, mistakes included.
    ///
    /// @throws InvalidInput if the file itself cannot be read
    public static CheckResult check(Path file) {
        try {
            if (Files.isDirectory(file)) throw new InvalidInput(file + " is a folder; name the manifest inside it.");
            if (Files.size(file) > MOST_BYTES)
                throw new InvalidInput("%s has %,d bytes; a manifest has at most %,d. Is it the right file?"
                        .formatted(file, Files.size(file), MOST_BYTES));
            return check(file.toString(), text(file, Files.readAllBytes(file)));
        } catch (NoSuchFileException _) {
            throw new InvalidInput("There is no file " + file + "; is the path right, seen from "
                    + Path.of("").toAbsolutePath() + "?");
        } catch (IOException failure) {
            throw new InvalidInput(file + " cannot be read: " + failure.getMessage(), failure);
        }
    }

    private static String text(Path file, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException failure) {
            boolean gzip = bytes.length > 1 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
            boolean utf16 = bytes.length > 1 && (bytes[0] & bytes[1] & 0xff) == 0xfe;
            throw new InvalidInput(
                    gzip
                            ? file + " is compressed; unpack it first (gunzip)."
                            : "%s is not UTF-8; save it as UTF-8 (iconv -f %s -t UTF-8 converts the usual case)."
                                    .formatted(file, utf16 ? "UTF-16" : "WINDOWS-1252"),
                    failure);
        }
    }

    /// The contents of a text, mistakes included; `name` stands for it in messages.
    public static CheckResult check(String name, String text) {
        ManifestReader reader = new ManifestReader(name);
        List<Value> documents = new Documents(name, reader.problems::add).read(text);
        if (documents.isEmpty() && reader.problems.isEmpty())
            reader.problem(new Mark(0, 0), "", "is empty; a manifest starts with apiVersion: " + API_VERSION);
        documents.forEach(reader::document);
        if (reader.manifests.isEmpty() && reader.problems.isEmpty())
            reader.problem(
                    new Mark(0, 0), "", "holds no TransferExperiment, no CoTrainingRun and no TransferBenchmark");
        return new CheckResult(List.copyOf(reader.manifests), reader.firstProblems(), List.copyOf(reader.notes));
    }

    private List<Problem> firstProblems() {
        problems.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
        if (problems.size() <= MOST_PROBLEMS) return List.copyOf(problems);
        int others = problems.size() - MOST_PROBLEMS;
        List<Problem> first = new ArrayList<>(problems.subList(0, MOST_PROBLEMS));
        first.add(new Problem(file, 0, 0, "", "has %,d further mistakes; mend these first".formatted(others)));
        return List.copyOf(first);
    }

    private void document(Value document) {
        if (!(document instanceof Mapping root)) {
            problem(
                    document.mark(),
                    "",
                    "is %s; a manifest is a map that starts with apiVersion and kind".formatted(document.kind()));
            return;
        }
        String version = text(root, "apiVersion");
        String kind = text(root, "kind");
        if (version == null || kind == null) {
            String missing = version == null ? "apiVersion" : "kind";
            String example = version == null ? API_VERSION : likelyKind(root);
            problem(root.mark(), missing, "is missing; write %s: %s".formatted(missing, example));
            return;
        }
        boolean ours = Definitions.KINDS.contains(kind);
        if (version.equals(API_VERSION) && ours) resource(root, kind);
        else if (version.startsWith("isogloss.dev/")
                || ours
                || !version.contains("/")
                        && Suggestion.to(kind, Definitions.KINDS).isPresent()) mistaken(root, version, kind);
        else
            notes.add("%s:%d: passed over a %s; only Isogloss's own kinds are read"
                    .formatted(file, root.mark().line(), kind));
    }

    /// By the fields that one kind alone has.
    private static String likelyKind(Mapping root) {
        Set<String> fields = root.members().get("spec") instanceof Mapping spec
                ? spec.members().keySet()
                : Set.of();
        return fields.contains("systems") || fields.contains("template")
                ? "TransferBenchmark"
                : fields.contains("strategy") ? "CoTrainingRun" : "TransferExperiment";
    }

    private void mistaken(Mapping root, String version, String kind) {
        if (!version.equals(API_VERSION))
            problem(
                    root.valueMark("apiVersion"),
                    "apiVersion",
                    "is \"%s\"; write %s".formatted(Excerpt.of(version), API_VERSION));
        if (!Definitions.KINDS.contains(kind))
            problem(
                    root.valueMark("kind"),
                    "kind",
                    "is \"%s\"; %s"
                            .formatted(
                                    Excerpt.of(kind),
                                    Suggestion.to(kind, Definitions.KINDS)
                                            .map(name -> "did you mean " + name + "?")
                                            .orElse("write one of " + String.join(", ", Definitions.KINDS))));
    }

    private void resource(Mapping root, String kind) {
        if (kind.equals("TrainingStep")) {
            notes.add("%s:%d: passed over a TrainingStep; the operator writes and reads those"
                    .formatted(file, root.mark().line()));
            return;
        }
        int before = problems.size();
        Metadata metadata = new Metadata(file, problems::add);
        String name = metadata.name(root);
        String namespace = metadata.namespace(root);
        Mapping body = new Mapping(root.mark());
        root.members().forEach((key, value) -> {
            if (!List.of("apiVersion", "kind", "metadata", "status").contains(key))
                body.put(key, root.markOf(key), value);
        });
        Value checked = new SchemaCheck(file, problems::add).check("", body, Definitions.schema(kind));
        if (problems.size() > before || name == null) return;
        if (!names.add(List.of(kind, namespace == null ? "" : namespace, name))) {
            problem(
                    root.valueMark("metadata"),
                    "metadata.name",
                    "is %s, as that of another %s of the file; a cluster would keep the last one alone"
                            .formatted(name, kind));
            return;
        }
        Value spec = ((Mapping) checked).members().get("spec");
        if (spec == null) return;
        // a part of a spec is held to its definition once it is merged with the others, nulls and all
        if (kind.equals("TransferBenchmark") && body.members().get("spec") instanceof Mapping given)
            Benchmarks.of(file, name, given, problems::add);
        if (problems.size() == before)
            manifests.add(Definitions.manifest(
                    kind,
                    name,
                    namespace,
                    spec,
                    new FieldPlaces(file, body.members().getOrDefault("spec", spec))));
    }

    private static @Nullable String text(Mapping mapping, String key) {
        Value member = mapping.members().get(key);
        return member == null ? null : member.asText();
    }

    private void problem(Mark mark, String path, String message) {
        problems.add(new Problem(file, mark.line(), mark.column(), path, message));
    }
}
