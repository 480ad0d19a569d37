package dev.isogloss.manifest;

import dev.isogloss.api.Excerpt;
import dev.isogloss.manifest.Value.Mapping;
import dev.isogloss.manifest.Value.Mark;
import dev.isogloss.manifest.Value.Scalar;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A resource's name and namespace; the rest of its metadata is Kubernetes' own.
final class Metadata {
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final Pattern NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
    private static final int LONGEST = 63;
    private static final List<String> FIELDS = List.of(
            "name",
            "namespace",
            "labels",
            "annotations",
            "finalizers",
            "generateName",
            "ownerReferences",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "selfLink",
            "managedFields");

    private final String file;
    private final Consumer<Problem> problems;

    Metadata(String file, Consumer<Problem> problems) {
        this.file = file;
        this.problems = problems;
    }

    @Nullable
    String name(Mapping root) {
        if (!(root.members().get("metadata") instanceof Mapping metadata)) {
            report(root.mark(), "metadata.name", "is missing; write metadata: {name: my-experiment}");
            return null;
        }
        metadata.members().keySet().stream()
                .filter(key -> !FIELDS.contains(key))
                .forEach(key -> report(
                        metadata.markOf(key),
                        "metadata." + key,
                        "there is no such field; "
                                + Suggestion.to(key, FIELDS)
                                        .map(near -> "did you mean " + near + "?")
                                        .orElse("possible here: name, namespace, labels, annotations")));
        Value given = metadata.members().get("name");
        if (given == null) {
            report(metadata.mark(), "metadata.name", "is missing; write metadata: {name: my-experiment}");
            return null;
        }
        return checked(given, "metadata.name");
    }

    @Nullable
    String namespace(Mapping root) {
        if (!(root.members().get("metadata") instanceof Mapping metadata)) return null;
        Value given = metadata.members().get("namespace");
        return given == null || given.isNothing() ? null : checked(given, "metadata.namespace");
    }

    private @Nullable String checked(Value given, String path) {
        String name = given.asText();
        if (name == null) {
            String quoted = given instanceof Scalar scalar ? "; write it in quotes: \"" + scalar.text() + "\"" : "";
            report(given.mark(), path, "is %s, but must be a text%s".formatted(given.kind(), quoted));
            return null;
        }
        if (name.length() <= LONGEST && NAME.matcher(name).matches()) return name;
        report(
                given.mark(),
                path,
                "is \"%s\"; a name has at most %d lower-case letters, digits, - and ., with a letter or digit at both ends and beside every ."
                        .formatted(Excerpt.of(name), LONGEST));
        return null;
    }

    private void report(Mark mark, String path, String message) {
        problems.accept(new Problem(file, mark.line(), mark.column(), path, message));
    }
}
