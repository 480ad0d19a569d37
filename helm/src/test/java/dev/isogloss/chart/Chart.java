package dev.isogloss.chart;

import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The chart, and Helm where there is one.
final class Chart {
    static final Path FOLDER = Path.of("isogloss").toAbsolutePath();
    /// Rendered for: a Helm that was not built by its makers knows no recent version by itself.
    static final String KUBERNETES = "1.34.0";

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Chart() {}

    /// The project's version, which is the tag of its images.
    static String version() throws IOException {
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        return pom.substring(pom.indexOf("<version>") + 9, pom.indexOf("</version>"));
    }

    /// Skips the test, with a line that says so, where there is no Helm.
    static Program helm() {
        return Program.find("helm", "ISOGLOSS_HELM").orElseGet(() -> {
            abort("no helm on the PATH, in ISOGLOSS_HELM or built by helm/tools: charts are not rendered");
            throw new IllegalStateException();
        });
    }

    /// What the release `lab` in the namespace `isogloss-system` would consist of.
    static List<JsonNode> rendered(String... options) throws IOException, InterruptedException {
        return Yaml.all(render(options).outOrFail());
    }

    static Program.Run render(String... options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(
                List.of("template", "lab", FOLDER.toString(), "-n", "isogloss-system", "--kube-version", KUBERNETES));
        arguments.addAll(List.of(options));
        return helm().run(arguments.toArray(String[]::new));
    }

    /// The one object of this kind and name.
    static JsonNode the(List<JsonNode> objects, String kind, String name) {
        List<JsonNode> found = objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .filter(object -> object.at("/metadata/name").asText().equals(name))
                .toList();
        if (found.size() != 1) throw new AssertionError(found.size() + " objects are " + kind + " " + name);
        return found.getFirst();
    }
}
