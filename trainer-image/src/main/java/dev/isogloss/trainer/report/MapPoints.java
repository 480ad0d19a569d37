package dev.isogloss.trainer.report;

import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.ProjectStep;
import dev.isogloss.report.Csv;
import dev.isogloss.trainer.figure.Figure.Group;
import dev.isogloss.trainer.store.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            lines(step, file, line -> out.accept(prefix + line + "\n"));
        }
    }

    private void lines(PlannedStep step, String file, Consumer<String> out) {
        try (BufferedReader lines =
                Files.newBufferedReader(store.made(step.key(), "analysis").resolve(file))) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) out.accept(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The places of one map's points, by the encoder or model that it is of, in groups.
    ///
    /// @param step done
    Map<String, List<Group>> placesOf(PlannedStep step) {
        Map<String, Map<String, List<double[]>>> maps = new LinkedHashMap<>();
        lines(step, "points.csv", line -> {
            String[] first = line.split(",", 4); // stage, target, group: names, which hold no commas
            int y = line.lastIndexOf(',');
            int x = line.lastIndexOf(',', y - 1);
            maps.computeIfAbsent(first[1].isEmpty() ? first[0] : first[0] + "." + first[1], _ -> new LinkedHashMap<>())
                    .computeIfAbsent(first[2], _ -> new ArrayList<>())
                    .add(new double[] {
                        Double.parseDouble(line.substring(x + 1, y)), Double.parseDouble(line.substring(y + 1))
                    });
        });
        Map<String, List<Group>> groups = new LinkedHashMap<>();
        maps.forEach((of, places) -> groups.put(of, Group.all(places)));
        return groups;
    }
}
