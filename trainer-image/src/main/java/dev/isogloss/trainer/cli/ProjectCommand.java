package dev.isogloss.trainer.cli;

import dev.isogloss.plan.step.ProjectStep;
import dev.isogloss.planner.PlannedManifest;
import dev.isogloss.trainer.report.ProjectedMaps;
import dev.isogloss.trainer.store.Store;
import dev.isogloss.trainer.store.StoreJson;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `isogloss project`.
@Command(
        name = "project",
        description = {
            "Print the maps that the stages project of experiments have made: words or texts as points in the plane, by each"
                    + " encoder and model. isogloss run makes them; this command reads them from the store.",
            "",
            "  isogloss project experiment.yaml",
            "  isogloss project experiment.yaml --format csv > points.csv",
            "  isogloss project experiment.yaml --format csv --each vector > vectors.csv",
            "",
            "divergence: how badly t-SNE had to lie, in nats; mixing: vectors whose nearest neighbour is of another"
                    + " language; pair distance: of words and what replaces them, over that of any two.",
            ""
        })
final class ProjectCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Isogloss isogloss;

    @Parameters(paramLabel = "MANIFEST", arity = "1..*", description = "Files with experiments.")
    private List<Path> files = List.of();

    @Mixin
    private StoreOptions storage = new StoreOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table: a line a map; csv: a line a point; json: the table, every number in full."
                    + " Default: table.")
    private Format format = Format.Table;

    @Option(
            names = "--each",
            paramLabel = "WHAT",
            defaultValue = "point",
            description =
                    "With --format csv, what a line has: point, its place in the plane; vector, the numbers that the"
                            + " place is made from. Default: point.")
    private Each each = Each.Point;

    private enum Format {
        Table,
        Csv,
        Json
    }

    private enum Each {
        Point,
        Vector
    }

    @Override
    public void run() {
        PrintStream out = isogloss.environment.out();
        if (format == Format.Csv) out.print(each == Each.Point ? ProjectedMaps.POINTS : ProjectedMaps.VECTORS);
        for (PlannedManifest experiment : PlannedManifest.read(files)) {
            Store folder = storage.store(experiment, isogloss.environment);
            print(experiment, new ProjectedMaps(experiment.plan(), folder), out);
        }
    }

    private void print(PlannedManifest experiment, ProjectedMaps maps, PrintStream out) {
        String name = experiment.plan().name();
        switch (format) {
            case Csv -> {
                if (each == Each.Point) maps.points(out::print);
                else maps.vectors(out::print);
            }
            case Json -> {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("name", name);
                document.put("maps", maps.rows());
                out.println(StoreJson.MAPPER.valueToTree(document).toString());
            }
            case Table -> out.print(maps.table());
        }
        long planned = experiment.plan().steps().stream()
                .filter(step -> step.spec() instanceof ProjectStep)
                .count();
        if (planned == 0)
            isogloss.environment.err().println("%s has no stage project; add one: - project: {}".formatted(name));
        else if (maps.done().size() < planned)
            isogloss.environment
                    .err()
                    .println("%s: %d of %d maps are not made yet; isogloss run makes them."
                            .formatted(name, planned - maps.done().size(), planned));
    }
}
