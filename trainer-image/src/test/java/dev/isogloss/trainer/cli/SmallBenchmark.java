package dev.isogloss.trainer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A benchmark of three systems, one of them swept, on data of which the words tell the class.
final class SmallBenchmark {
    static final String TEMPLATE = """
              task: {type: SequenceClassification}
              data:
                name: fruit
                location: {claim: datasets, path: "{language}/{split}.jsonl"}
              encoder: {name: tiny, location: {claim: encoders, path: tiny}, maxLength: 16}
              source: en
              targets: [de, fr]
              seeds: [1, 2]
            """;

    static final String SHORT = "[{fineTune: {epochs: 1, batchSize: 8, learningRate: 1e-4}}]";
    static final String LONG = "[{fineTune: {epochs: 6, batchSize: 8, learningRate: 3e-3}}]";

    static final String TABLE = """
            apiVersion: isogloss.dev/v1alpha1
            kind: TransferBenchmark
            metadata: {name: table}
            spec:
              template:
            %s  systems:
                - {name: short, stages: %s}
                - {name: long, stages: %s}
                - {name: swept, stages: %s}
              sweep: {system: swept, over: {"stages[0].fineTune.epochs": [2, 5]}}
              comparison: {baseline: short}
              published: {scores: {short: {en: 51.5}, long: {average: 70}}}
            """.formatted(TEMPLATE.indent(2), SHORT, LONG, LONG.replace("3e-3", "2e-3"));

    private SmallBenchmark() {}

    static SmallExperiment in(Path folder) throws IOException {
        SmallExperiment experiment = new SmallExperiment(folder).manifest(TABLE);
        for (String language : List.of("en", "de", "fr"))
            for (String split : List.of("train", "dev", "test"))
                experiment.write("data/%s/%s.jsonl".formatted(language, split), texts(language, split));
        return experiment;
    }

    /// Forty texts, of which the words tell the class: in other languages fewer of them do.
    static String texts(String language, String split) {
        List<String> good = List.of("sweet apple", "apple", "sweet", "suess");
        List<String> bad = List.of("sour lemon", "lemon", "sour", "sauer");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            boolean first = (i * 7 + split.length()) % 2 == 0;
            boolean misleading = !language.equals("en") && i % (language.equals("de") ? 5 : 3) == 0;
            List<String> words = first == misleading ? bad : good;
            lines.append(SmallExperiment.line(
                    "%s %s %s %d".formatted(words.get(i % 4), language, split, i), first ? "good" : "bad"));
        }
        return lines.toString();
    }

    /// The table for programs.
    static JsonNode results(SmallExperiment experiment) throws IOException {
        return new ObjectMapper()
                .readTree(
                        experiment.command("results", "m.yaml", "--format=json").out());
    }

    static JsonNode score(JsonNode results, String system, String language) {
        for (JsonNode each : results.path("systems"))
            for (JsonNode score : each.path("scores"))
                if (each.path("name").asText().equals(system)
                        && score.path("language").asText().equals(language)) return score;
        throw new AssertionError(system + " " + language);
    }
}
