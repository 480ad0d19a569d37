package dev.isogloss.planner;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.cluster.Locations;
import dev.isogloss.api.data.LanguageFiles;
import dev.isogloss.api.data.Location;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.Input;
import dev.isogloss.plan.step.InputIdentity;
import dev.isogloss.plan.step.InputLocations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The locations of several systems as those of one plan. What one name and version stand for lies in one place. Data
/// that is generated lies nowhere: what it is made from is in the keys of steps.
final class SharedLocations {
    private final Map<InputIdentity, Place> places = new LinkedHashMap<>();

    /// @param system that was the first to name it
    private record Place(String system, Location location, Map<String, LanguageFiles> languages) {
        Locations as(String name) {
            return new Locations(Map.of(name, location), List.copyOf(languages.values()));
        }
    }

    /// @param plan      of the system
    /// @param locations of what this plan reads
    /// @throws InvalidInput if another system has something of the same name and version in another place
    void add(String system, Plan plan, Locations locations) {
        for (PlannedStep step : plan.steps())
            for (Input input : step.spec().reads())
                input.in(locations)
                        .ifPresent(location -> add(system, input.identity().orElseThrow(), location, locations));
    }

    private void add(String system, InputIdentity identity, Location location, Locations all) {
        Place place = places.computeIfAbsent(identity, _ -> new Place(system, location, new LinkedHashMap<>()));
        if (!place.location().equals(location)) throw elsewhere(system, identity, identity.location(), place);
        if (!identity.location().equals(Input.DATA)) return;
        for (LanguageFiles files : all.languages()) {
            LanguageFiles known = place.languages().putIfAbsent(files.language(), files);
            if (known != null && !known.equals(files))
                throw elsewhere(system, identity, "data.languages[language=%s]".formatted(files.language()), place);
        }
    }

    private static InvalidInput elsewhere(String system, InputIdentity identity, String field, Place place) {
        return new InvalidInput(
                ("spec.systems[name=%s] reads %s from another place than %s. What the name %s and the version %s stand"
                                + " for lies in one place: give what is other a name or a version of its own.")
                        .formatted(system, field, place.system(), identity.name(), identity.version()));
    }

    InputLocations locations() {
        Map<InputIdentity, Locations> byIdentity = new LinkedHashMap<>();
        places.forEach((identity, place) -> byIdentity.put(identity, place.as(identity.location())));
        return new InputLocations(Locations.NONE, byIdentity);
    }
}
