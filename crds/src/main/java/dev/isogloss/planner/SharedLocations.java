package dev.isogloss.planner;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.cluster.Locations;
import dev.isogloss.api.data.LanguageFiles;
import dev.isogloss.api.data.Location;
import dev.isogloss.plan.step.Input;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The locations of several systems as those of one plan. What one name stands for lies in one place. Data that is
/// generated lies nowhere: what it is made from is in the keys of steps, so that each system may have its own.
final class SharedLocations {
    private final Map<String, Location> inputs = new TreeMap<>();
    private final Map<String, LanguageFiles> languages = new LinkedHashMap<>();
    private final Map<String, String> firstSystem = new HashMap<>();

    /// @throws InvalidInput if another system has something of the same name in another place
    void add(String system, Locations locations) {
        locations.inputs().forEach((name, location) -> {
            if (location.generated() != null) return;
            String other = firstSystem.putIfAbsent(name, system);
            Location known = inputs.putIfAbsent(name, location);
            if (known != null && !known.equals(location)) throw elsewhere(system, name, String.valueOf(other));
        });
        if (!locations.inputs().containsKey(Input.DATA)
                || locations.inputs().get(Input.DATA).generated() != null) return;
        for (LanguageFiles files : locations.languages()) {
            String name = "data.languages[language=%s]".formatted(files.language());
            String other = firstSystem.putIfAbsent(name, system);
            LanguageFiles known = languages.putIfAbsent(files.language(), files);
            if (known != null && !known.equals(files)) throw elsewhere(system, name, String.valueOf(other));
        }
    }

    private static InvalidInput elsewhere(String system, String name, String other) {
        return new InvalidInput(
                ("spec.systems[name=%s] reads %s from another place than %s. Systems of one benchmark share the places of"
                                + " their files: give an encoder a name of its own, or put other data into a benchmark"
                                + " of its own.")
                        .formatted(system, name, other));
    }

    Locations locations() {
        return new Locations(inputs, List.copyOf(languages.values()));
    }
}
