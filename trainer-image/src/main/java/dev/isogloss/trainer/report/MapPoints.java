package dev.isogloss.trainer.report;

import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.ProjectStep;
import dev.isogloss.report.Csv;
import dev.isogloss.trainer.store.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.function.Consumer;

/// The points of the maps that the stages `project` of an experiment left in a store, as lines of CSV. No more than one
/// is in memory.
public record MapPoints(Plan plan, Store store) {
    private static final String PREFIX = "experiment,seed,map,";
    public static final String POINTS = PREFIX + "stage,target,group,example,number,text,label,x,y\n";
    public static final String VECTORS = PREFIX + "stage,target,group,example,number,vector\n";

    /// A line a point.
    public void points(Consumer<String> out) {
        lines("points.csv", out);
    }

    /// A line a point with the numbers that it is a picture of.
    public void vectors(Consumer<String> out) {
        lines("vectors.csv", out);
    }

    private void lines(String file, Consumer<String> out) {
        for (PlannedStep step : plan.steps()) {
            if (!(step.spec() instanceof ProjectStep) || !store.isDone(step.key())) continue;
            String prefix = Csv.line(plan.name(), step.seed(), step.stage()).strip() + ",";
            try (BufferedReader lines =
                    Files.newBufferedReader(store.made(step.key(), "analysis").resolve(file))) {
                lines.readLine();
                for (String line = lines.readLine(); line != null; line = lines.readLine())
                    out.accept(prefix + line + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
