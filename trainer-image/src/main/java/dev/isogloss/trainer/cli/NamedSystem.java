package dev.isogloss.trainer.cli;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.manifest.Suggestion;
import dev.isogloss.plan.BenchmarkOutline;
import dev.isogloss.plan.BenchmarkOutline.SystemOutline;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.planner.PlannedManifest;
import dev.isogloss.planner.PlannedManifest.SystemManifest;
import dev.isogloss.report.benchmark.BenchmarkTable;
import dev.isogloss.trainer.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/// An experiment, a run or a system of a benchmark, by FILE, or FILE#NAME where the file holds several.
///
/// @param store of its results, for a system that of its benchmark
record NamedSystem(SystemManifest system, Store store) {

    /// @param which  FILE or FILE#NAME; of a swept system NAME is what was chosen, NAME-VALUES another
    /// @param stores of manifests, opened only for the one that is meant
    /// @throws InvalidInput if the file holds no such system, or several and none is named, or if nothing is
    ///                      chosen yet
    static NamedSystem of(String which, Function<PlannedManifest, Store> stores) {
        int cut = Files.exists(Path.of(which)) ? -1 : which.lastIndexOf('#');
        Path file = Path.of(cut < 0 ? which : which.substring(0, cut));
        String name = cut < 0 ? "" : which.substring(cut + 1);
        List<String> names = new ArrayList<>();
        List<PlannedManifest> manifests = PlannedManifest.read(List.of(file));
        for (PlannedManifest manifest : manifests) {
            List<SystemManifest> systems = manifest.systems();
            for (SystemManifest system : systems) {
                if (system.name().equals(name) || cut < 0 && manifests.size() == 1 && systems.size() == 1)
                    return new NamedSystem(system, stores.apply(manifest));
                names.add(system.name());
            }
            for (SystemOutline swept : swept(manifest)) {
                if (swept.name().equals(name)) return chosen(swept, manifest, stores.apply(manifest));
                names.add(swept.name());
            }
        }
        throw unknown(file, name, names);
    }

    private static List<SystemOutline> swept(PlannedManifest manifest) {
        BenchmarkOutline outline = manifest.plan().benchmark();
        return outline == null
                ? List.of()
                : outline.systems().stream()
                        .filter(system -> system.choice() != null)
                        .toList();
    }

    /// As the line of the table shows it.
    private static NamedSystem chosen(SystemOutline swept, PlannedManifest manifest, Store store) {
        StepKey choice = Objects.requireNonNull(swept.choice());
        String label = store.result(choice)
                .flatMap(result -> BenchmarkTable.shown(swept, Map.of(choice, result)))
                .orElseThrow(() -> undecided(swept))
                .label();
        SystemManifest system = manifest.systems().stream()
                .filter(each ->
                        each.system().equals(swept.name()) && each.label().equals(label))
                .findFirst()
                .orElseThrow();
        return new NamedSystem(system, store);
    }

    private static InvalidInput undecided(SystemOutline swept) {
        return new InvalidInput(
                ("Of the values that %s is swept over none is chosen yet. Run the benchmark to its end, or name one of"
                                + " them, as %s-%s.")
                        .formatted(
                                swept.name(),
                                swept.name(),
                                swept.candidates().getFirst().label()));
    }

    private static InvalidInput unknown(Path file, String name, List<String> names) {
        String all = "%s holds %s".formatted(file, String.join(", ", names));
        String hint = Suggestion.hint(name, names);
        return new InvalidInput(
                name.isEmpty()
                        ? "%s. Say which one is meant: %s#%s".formatted(all, file, names.getFirst())
                        : "%s, and no %s%s".formatted(all, name, hint.isEmpty() ? "." : hint));
    }
}
