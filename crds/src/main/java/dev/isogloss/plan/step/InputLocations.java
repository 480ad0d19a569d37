package dev.isogloss.plan.step;

import dev.isogloss.api.cluster.Locations;
import dev.isogloss.api.data.LanguageFiles;
import dev.isogloss.api.data.Location;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// The locations of what the steps of a plan read. A step reads one dataset, one corpus and one dictionary; the systems
/// of a benchmark may have several, which their identities set apart.
///
/// @param shared    of all that `byIdentity` does not name
/// @param byIdentity each with this input alone
public record InputLocations(Locations shared, Map<InputIdentity, Locations> byIdentity) {
    public static final InputLocations NONE = of(Locations.NONE);

    public InputLocations {
        byIdentity = Map.copyOf(byIdentity);
    }

    /// Those of a plan, or a step, that reads one of each.
    public static InputLocations of(Locations locations) {
        return new InputLocations(locations, Map.of());
    }

    /// Where an input lies; empty for what is generated, in the store, or not named.
    public Optional<Location> of(Input input) {
        return input.in(containing(input));
    }

    /// The languages whose files lie elsewhere than those of the dataset of `input`.
    public List<LanguageFiles> languages(Input.LabelledData input) {
        return containing(input).languages();
    }

    private Locations containing(Input input) {
        return input.identity().map(byIdentity::get).orElse(shared);
    }

    /// The locations of these inputs alone, for one step, or for several that [#agree]. Files of single languages
    /// belong to the labelled data: an evaluation also looks at the texts that its model learnt from, in languages
    /// that its own spec does not name.
    ///
    /// @throws IllegalArgumentException if two of them have one name and different places
    public Locations of(Collection<Input> inputs) {
        if (!agree(inputs)) throw new IllegalArgumentException("one name for several places among " + inputs);
        Map<String, Location> needed = new TreeMap<>();
        Set<LanguageFiles> languages = new LinkedHashSet<>();
        for (Input input : inputs)
            of(input).ifPresent(location -> {
                needed.put(input.locationName().orElseThrow(), location);
                if (input instanceof Input.LabelledData data) languages.addAll(languages(data));
            });
        return new Locations(needed, List.copyOf(languages));
    }

    /// Whether one [Locations] can hold the places of all of these inputs.
    public boolean agree(Collection<Input> inputs) {
        Map<String, Locations> places = new TreeMap<>();
        for (Input input : inputs) {
            String name = input.locationName().orElse(null);
            if (name == null) continue;
            Locations other = places.putIfAbsent(name, containing(input));
            if (other != null && !other.equals(containing(input))) return false;
        }
        return true;
    }

    /// The same inputs, moved.
    ///
    /// @param inputs that may move
    /// @param move   of some inputs and the locations that hold them, to new locations
    public InputLocations moved(Collection<Input> inputs, BiFunction<Collection<Input>, Locations, Locations> move) {
        Map<Locations, List<Input>> within = inputs.stream().collect(Collectors.groupingBy(this::containing));
        UnaryOperator<Locations> moved = locations -> move.apply(within.getOrDefault(locations, List.of()), locations);
        return new InputLocations(
                moved.apply(shared),
                byIdentity.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> moved.apply(entry.getValue()))));
    }

    /// The volume claims among the locations.
    public SortedSet<String> claims() {
        SortedSet<String> claims = new TreeSet<>(shared.claims());
        byIdentity.values().forEach(locations -> claims.addAll(locations.claims()));
        return claims;
    }
}
