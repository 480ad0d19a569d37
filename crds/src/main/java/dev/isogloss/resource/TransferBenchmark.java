package dev.isogloss.resource;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.isogloss.api.benchmark.TransferBenchmarkSpec;
import dev.isogloss.api.benchmark.TransferBenchmarkStatus;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/// A table of systems and languages, with what sets each system apart from a baseline.
@Group("isogloss.dev")
@Version("v1alpha1")
@Plural("transferbenchmarks")
@Singular("transferbenchmark")
@ShortNames("txb")
@Categories("isogloss")
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "Systems", jsonPath = ".status.systemsDone")
@AdditionalPrinterColumn(name = "Steps", jsonPath = ".status.progress")
@AdditionalPrinterColumn(name = "Best", jsonPath = ".status.best")
@AdditionalPrinterColumn(name = "Baseline", jsonPath = ".spec.comparison.baseline", priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class TransferBenchmark extends CustomResource<TransferBenchmarkSpec, TransferBenchmarkStatus>
        implements Namespaced {
    private static final long serialVersionUID = 1;

    @Override
    @JsonDeserialize(using = PlainRecord.class)
    public void setSpec(TransferBenchmarkSpec spec) {
        super.setSpec(spec);
    }

    @Override
    @JsonDeserialize(using = PlainRecord.class)
    public void setStatus(@Nullable TransferBenchmarkStatus status) {
        super.setStatus(status);
    }
}
