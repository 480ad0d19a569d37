package dev.isogloss.trainer.cli;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.report.Interpolations;
import dev.isogloss.trainer.cli.StoredExperiments.StoredExperiment;
import dev.isogloss.trainer.report.MeasuredBlends;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `isogloss interpolation`.
@Command(
        name = "interpolation",
        description = {
            "Print the scores of the models that the stages interpolate of experiments have measured: on the lines from the"
                    + " source's model and from the target's to that of both languages, and in the plane through the"
                    + " three. isogloss run measures them; this command reads them from the store.",
            "",
            "  isogloss interpolation experiment.yaml",
            "  isogloss interpolation experiment.yaml --format csv > line.csv",
            "  isogloss interpolation *.yaml --format csv --of plane --mean > plane.csv",
            "  isogloss interpolation *.yaml --format csv --of geometry > geometry.csv",
            "",
            "of both: the mean over that of the model of both languages, m; var/m, std/m: variance and standard deviation"
                    + " over seeds, divided by m.",
            ""
        })
final class InterpolationCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Isogloss isogloss;

    @Mixin
    private StoredExperiments experiments = new StoredExperiments();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table: means over seeds on the lines, by the task's first metric, and how the models lie;"
                    + " csv: every number in full. Default: table.")
    private Format format = Format.Table;

    @Option(
            names = "--of",
            paramLabel = "WHAT",
            description =
                    "With --format csv, what it holds: line, plane, or geometry (norms, ratio and angle of the ways"
                            + " from the model of both to the other two). Default: line.")
    private @Nullable What of;

    @Option(
            names = "--mean",
            description =
                    "With --format csv, a line of scores is a mean over seeds, with the mean of the model of both,"
                            + " the quotient of the two, and variance and deviation over seeds divided by it.")
    private boolean mean;

    private enum Format {
        Table,
        Csv
    }

    private enum What {
        Line,
        Plane,
        Geometry
    }

    @Override
    public void run() {
        if ((of != null || mean) && format != Format.Csv)
            throw new InvalidInput("--of and --mean go with --format csv: add that, or leave them out.");
        if (mean && of == What.Geometry)
            throw new InvalidInput(
                    "--mean goes with --of line or plane: each seed's models lie in a way of their own.");
        PrintStream out = isogloss.environment.out();
        if (format == Format.Csv) out.print(header());
        for (StoredExperiment experiment : experiments.read(isogloss.environment)) {
            Interpolations found = MeasuredBlends.of(experiment.plan(), experiment.store());
            out.print(format == Format.Csv ? csv(found) : found.aligned());
            tellOfMissing(found);
        }
    }

    private String header() {
        return switch (of) {
            case null -> Interpolations.lineHeader(mean);
            case Line -> Interpolations.lineHeader(mean);
            case Plane -> Interpolations.planeHeader(mean);
            case Geometry -> Interpolations.geometryHeader();
        };
    }

    private String csv(Interpolations found) {
        return switch (of) {
            case null -> found.linesCsv(mean);
            case Line -> found.linesCsv(mean);
            case Plane -> found.planesCsv(mean);
            case Geometry -> found.geometryCsv();
        };
    }

    private void tellOfMissing(Interpolations found) {
        PrintStream err = isogloss.environment.err();
        if (found.planned() == 0)
            err.println("%s has no stage interpolate; add one: - interpolate: {}".formatted(found.name()));
        else if (found.made() < found.planned())
            err.println("%s: %d of %d lines and planes are not measured yet; isogloss run measures them."
                    .formatted(found.name(), found.planned() - found.made(), found.planned()));
        else if (of == What.Plane && found.planes().isEmpty())
            err.println("%s measures no plane; ask for one: - interpolate: {plane: {}}".formatted(found.name()));
    }
}
