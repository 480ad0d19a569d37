package dev.isogloss.trainer.cli;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.manifest.Suggestion;
import dev.isogloss.plan.BenchmarkOutline.SystemOutline;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.planner.PlannedManifest;
import dev.isogloss.planner.PlannedManifest.SystemManifest;
import dev.isogloss.report.ComparedSystem;
import dev.isogloss.report.Comparison;
import dev.isogloss.report.benchmark.BenchmarkTable;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.report.StagePredictions;
import dev.isogloss.trainer.store.Store;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `isogloss compare`.
@Command(
        name = "compare",
        description = {
            "Compare two systems on the same test examples, language by language: difference B − A, its 95 %% interval by"
                    + " paired bootstrap, p by bootstrap and by approximate randomisation, the latter also adjusted for"
                    + " the number of languages (Holm), and Cohen's h.",
            "",
            "  isogloss compare zero-shot.yaml iwda.yaml",
            "  isogloss compare run.yaml run.yaml --stage-a 'lm round 1' --stage-b lm",
            "  isogloss compare iwda.yaml#uniform iwda.yaml#estimated",
            "  isogloss compare examples/table.yaml#iwda examples/table.yaml#distill",
            "  isogloss compare examples/table.yaml#iwda-lambdaAlign=0.1 examples/table.yaml#distill",
            ""
        })
final class CompareCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Isogloss isogloss;

    @Parameters(
            index = "0",
            paramLabel = "A",
            description =
                    "The manifest of the first system: FILE, or FILE#NAME of several, or of a system of a benchmark; of one"
                            + " that is swept the chosen one, FILE#NAME-VALUES another.")
    private String a = "";

    @Parameters(index = "1", paramLabel = "B", description = "The manifest of the second system, likewise.")
    private String b = "";

    @Option(
            names = "--stage-a",
            paramLabel = "STAGE",
            description = "Which stage of A, as isogloss results calls it. Default: the last; of a benchmark's system"
                    + " the one that stands for it.")
    private @Nullable String stageA;

    @Option(names = "--stage-b", paramLabel = "STAGE", description = "Which stage of B, likewise.")
    private @Nullable String stageB;

    @Option(names = "--split", paramLabel = "SPLIT", defaultValue = "test", description = "Which split. Default: test.")
    private String split = "test";

    @Option(
            names = "--resamples",
            paramLabel = "R",
            defaultValue = "10000",
            description = "Samples of bootstrap and randomisation. Default: 10000.")
    private int resamples;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of both. Default: 1.")
    private long seed;

    @Mixin
    private StoreOptions storage = new StoreOptions();

    @Option(names = "--json", description = "Every number in full, as JSON.")
    private boolean json;

    @Override
    public void run() {
        if (resamples < 1) throw new InvalidInput("--resamples is %d; it must be at least 1.".formatted(resamples));
        Comparison comparison = Comparison.of(
                system(a, stageA), system(b, stageB), split, resamples, name -> RandomStream.of(seed, name));
        PrintStream out = isogloss.environment.out();
        if (json) out.println(comparison.json());
        else out.print(comparison.table());
    }

    /// A system of a benchmark is kept where all of the benchmark is.
    ///
    /// @param name that it is asked for by
    private record Named(PlannedManifest manifest, SystemManifest system, String name) {
        static Stream<Named> of(PlannedManifest manifest) {
            return manifest.systems().stream().map(system -> new Named(manifest, system, system.name()));
        }
    }

    private ComparedSystem system(String which, @Nullable String stage) {
        Named named = named(which);
        Store folder = storage.store(named.manifest(), isogloss.environment);
        return StagePredictions.read(
                named.system().plan(), stage != null ? stage : named.system().stage(), split, folder);
    }

    private Named named(String which) {
        int cut = Files.exists(Path.of(which)) ? -1 : which.lastIndexOf('#');
        Path file = Path.of(cut < 0 ? which : which.substring(0, cut));
        List<PlannedManifest> manifests = PlannedManifest.read(List.of(file));
        List<Named> systems = manifests.stream().flatMap(Named::of).toList();
        if (cut < 0 && systems.size() == 1) return systems.getFirst();
        String name = cut < 0 ? "" : which.substring(cut + 1);
        return Stream.concat(systems.stream(), manifests.stream().flatMap(manifest -> chosen(manifest, name).stream()))
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(file, name, systems, swept(manifests)));
    }

    /// Of a swept system of this name what was chosen, as the line of the table shows it.
    private Optional<Named> chosen(PlannedManifest manifest, String name) {
        return Optional.ofNullable(manifest.plan().benchmark()).stream()
                .flatMap(outline -> outline.systems().stream())
                .filter(system -> system.name().equals(name) && system.choice() != null)
                .findFirst()
                .map(system -> {
                    Store store = storage.store(manifest, isogloss.environment);
                    StepKey choice = Objects.requireNonNull(system.choice());
                    String label = store.result(choice)
                            .flatMap(result -> BenchmarkTable.shown(system, Map.of(choice, result)))
                            .orElseThrow(() -> new InvalidInput(
                                    ("Of the values that %s is swept over none is chosen yet. Run the benchmark to its"
                                                    + " end, or name one of them, as %s-%s.")
                                            .formatted(
                                                    name,
                                                    name,
                                                    system.candidates()
                                                            .getFirst()
                                                            .label())))
                            .label();
                    return new Named(
                            manifest,
                            manifest.systems().stream()
                                    .filter(one -> one.name().equals(name + "-" + label))
                                    .findFirst()
                                    .orElseThrow(),
                            name);
                });
    }

    private static List<String> swept(List<PlannedManifest> manifests) {
        return manifests.stream()
                .flatMap(manifest -> Optional.ofNullable(manifest.plan().benchmark()).stream())
                .flatMap(outline -> outline.systems().stream())
                .filter(system -> system.choice() != null)
                .map(SystemOutline::name)
                .toList();
    }

    private static InvalidInput unknown(Path file, String name, List<Named> systems, List<String> swept) {
        List<String> names =
                Stream.concat(systems.stream().map(Named::name), swept.stream()).toList();
        String all = "%s holds %s".formatted(file, String.join(", ", names));
        return new InvalidInput(
                name.isEmpty()
                        ? "%s. Say which one is meant: %s#%s".formatted(all, file, names.getFirst())
                        : "%s, and no %s%s".formatted(all, name, end(Suggestion.hint(name, names))));
    }

    private static String end(String hint) {
        return hint.isEmpty() ? "." : hint;
    }
}
