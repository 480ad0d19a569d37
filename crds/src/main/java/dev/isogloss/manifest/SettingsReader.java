package dev.isogloss.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.experiment.Stage;
import dev.isogloss.api.method.MethodSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Settings outside a manifest: what a stage, or a part of `runtime`, would mean, with the definitions'
/// defaults and rules.
public final class SettingsReader {
    private SettingsReader() {}

    /// For instance `SettingsReader.of(FineTune.class, "{epochs: 2}")`.
    ///
    /// @throws InvalidInput if the definitions do not allow it
    public static <S extends MethodSettings> S of(Class<S> type, String yaml) {
        String method = Arrays.stream(Stage.class.getRecordComponents())
                .filter(member -> member.getType() == type)
                .findFirst()
                .orElseThrow()
                .getName();
        return read(type, "stages/items/properties/" + method, method, yaml);
    }

    /// What a manifest has in a field of `runtime`.
    ///
    /// @param setting the name of what holds it, for messages
    /// @throws InvalidInput if the definitions do not allow it
    public static <S> S ofRuntime(Class<S> type, String field, String setting, String yaml) {
        return read(type, "runtime/properties/" + field, setting, yaml);
    }

    private static <S> S read(Class<S> type, String member, String name, String yaml) {
        List<Problem> problems = new ArrayList<>();
        JsonNode schema = Definitions.schema("TransferExperiment").at("/properties/spec/properties/" + member);
        Value given = new Documents(name, problems::add).read(yaml).getFirst();
        Value checked = new SchemaCheck(name, problems::add).check(name, given, schema);
        if (!problems.isEmpty())
            throw new InvalidInput(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        return Definitions.MAPPER.convertValue(checked.plain(), type);
    }
}
