package dev.isogloss.api.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.api.cluster.Runtime;
import dev.isogloss.api.cluster.Storage;
import dev.isogloss.api.experiment.TransferExperimentSpec;
import dev.isogloss.api.run.CoTrainingRunSpec;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Defaulted;
import dev.isogloss.api.schema.Items;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.PartOf;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A benchmark: a table of systems and languages, with what sets each system apart from a baseline. A system is an
/// experiment or a run: the template with its own fields merged in, as a JSON merge patch (RFC 7386). Maps are merged
/// field by field, lists and single values are replaced, and null takes a field away.
@ValidationRule(
        value = "self.systems.all(system, self.systems.filter(other, other.name == system.name).size() == 1)",
        message = "two systems have the same name; give each a name of its own",
        fieldPath = ".systems")
@ValidationRule(
        value =
                "!has(self.comparison.baseline) || self.systems.exists(system, system.name == self.comparison.baseline)",
        message = "comparison.baseline names no system; write the name of one of systems",
        fieldPath = ".comparison.baseline")
@ValidationRule(
        value = "!has(self.comparison.baseline) || self.systems.size() > 1",
        message = "nothing can be compared with the baseline: add another system, or leave comparison.baseline out",
        fieldPath = ".comparison.baseline")
@ValidationRule(
        value = "!has(self.comparison.baseline) || !has(self.comparison.metric) || self.comparison.metric != 'MacroF1'",
        message = "single examples have no share of MacroF1, by which systems could be compared; write Accuracy",
        fieldPath = ".comparison.metric")
@ValidationRule(
        value = "!has(self.sweep) || self.systems.exists(system, system.name == self.sweep.system)",
        message = "sweep.system names no system; write the name of one of systems",
        fieldPath = ".sweep.system")
@ValidationRule(
        value = "!has(self.published) || !has(self.published.scores) || self.published.scores.all(name, "
                + "self.systems.exists(system, system.name == name))",
        message = "published.scores has numbers of a system that is not there; write the names of systems",
        fieldPath = ".published.scores")
public record TransferBenchmarkSpec(
        @PartOf(
                value = {TransferExperimentSpec.class, CoTrainingRunSpec.class},
                without = {"storage", "runtime", "suspend", "ttlSecondsAfterFinished"})
        @Meaning("What all systems share: fields of the spec of a TransferExperiment or a CoTrainingRun.")
        JsonNode template,

        @PartOf(
                value = {TransferExperimentSpec.class, CoTrainingRunSpec.class},
                without = {"storage", "runtime", "suspend", "ttlSecondsAfterFinished"},
                beside = SystemHead.class,
                nullable = true,
                explained = false)
        @Items(max = 64)
        @Meaning(
                "The lines of the table: a name, and the fields in which the system differs from the template, as a JSON"
                        + " merge patch. With models or strategy it is a run, else an experiment.")
        List<JsonNode> systems,

        @Meaning("Values of one system's settings to choose from. Without it: none.") @Nullable
        Sweep sweep,

        @Defaulted
        @Meaning("What the table shows, and what systems are compared with. Default {}: the main score on"
                + " test, and nothing is compared.")
        ComparisonSettings comparison,

        @Meaning("Numbers of others, for tables that show them beside ours. Without it: none.") @Nullable
        Published published,

        @Meaning("Where results are kept. Without it: ./.isogloss on a laptop, the store that the operator's chart "
                + "names on a cluster.")
        @Nullable
        Storage storage,

        @Defaulted @Meaning("How the steps of all systems run. Default {}.")
        Runtime runtime,

        @Default("false")
        @Meaning("true stops running steps after a checkpoint and starts none; false goes on. A laptop ignores it.")
        boolean suspend,

        @Range(min = 0, max = 31536000)
        @Meaning(
                "Seconds after its end, successful or not, after which a cluster deletes it and its steps; results stay in "
                        + "the store. Without it: it stays. A laptop ignores it.")
        @Nullable
        Integer ttlSecondsAfterFinished) {

    public TransferBenchmarkSpec {
        Bounds.check(
                TransferBenchmarkSpec.class,
                template,
                systems,
                sweep,
                comparison,
                published,
                storage,
                runtime,
                suspend,
                ttlSecondsAfterFinished);
        systems = List.copyOf(systems);
    }
}
