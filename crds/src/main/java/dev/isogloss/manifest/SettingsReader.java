package dev.isogloss.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.experiment.Stage;
import dev.isogloss.api.method.MethodSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// The settings of a method outside a manifest: what a stage would mean, with the definitions' defaults and rules.
public final class SettingsReader {
    private SettingsReader() {}

    /// For instance `SettingsReader.of(FineTune.class, "{epochs: 2}")`.
    ///
    /// @throws InvalidInput if the definitions do not allow it
    public static <S extends MethodSettings> S of(Class<S> type, String yaml) {
        List<Problem> problems = new ArrayList<>();
        String method = Arrays.stream(Stage.class.getRecordComponents())
                .filter(member -> member.getType() == type)
                .findFirst()
                .orElseThrow()
                .getName();
        JsonNode schema = Definitions.schema("TransferExperiment")
                .at("/properties/spec/properties/stages/items/properties/" + method);
        Value given = new Documents(method, problems::add).read(yaml).getFirst();
        Value checked = new SchemaCheck(method, problems::add).check(method, given, schema);
        if (!problems.isEmpty())
            throw new InvalidInput(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        return Definitions.MAPPER.convertValue(checked.plain(), type);
    }
}
