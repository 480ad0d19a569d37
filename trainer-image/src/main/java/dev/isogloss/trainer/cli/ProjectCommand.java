package dev.isogloss.trainer.cli;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.report.ProjectedMaps;
import dev.isogloss.trainer.cli.StoredExperiments.StoredExperiment;
import dev.isogloss.trainer.report.MapPoints;
import dev.isogloss.trainer.report.StoredResults;
import dev.isogloss.trainer.store.Store;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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

    @Mixin
    private StoredExperiments experiments = new StoredExperiments();

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
            description =
                    "With --format csv, what a line has: point, its place in the plane; vector, the numbers that the"
                            + " place is made from. Default: point.")
    private @Nullable Each each;

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
        if (each != null && format != Format.Csv)
            throw new InvalidInput("--each goes with --format csv: add that, or leave --each out.");
        PrintStream out = isogloss.environment.out();
        if (format == Format.Csv) out.print(each == Each.Vector ? MapPoints.VECTORS : MapPoints.POINTS);
        for (StoredExperiment experiment : experiments.read(isogloss.environment)) {
            Store folder = experiment.store();
            ProjectedMaps maps = ProjectedMaps.of(experiment.plan(), StoredResults.of(experiment.plan(), folder));
            switch (format) {
                case Csv -> csv(new MapPoints(experiment.plan(), folder), out);
                case Json -> out.print(maps.json());
                case Table -> out.print(maps.aligned());
            }
            tellOfMissing(maps);
        }
    }

    private void csv(MapPoints points, PrintStream out) {
        if (each == Each.Vector) points.vectors(out::print);
        else points.points(out::print);
    }

    private void tellOfMissing(ProjectedMaps maps) {
        PrintStream err = isogloss.environment.err();
        if (maps.planned() == 0) err.println("%s has no stage project; add one: - project: {}".formatted(maps.name()));
        else if (maps.made() < maps.planned())
            err.println("%s: %d of %d maps are not made yet; isogloss run makes them."
                    .formatted(maps.name(), maps.planned() - maps.made(), maps.planned()));
    }
}
