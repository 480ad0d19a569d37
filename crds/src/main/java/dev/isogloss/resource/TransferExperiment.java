package dev.isogloss.resource;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.experiment.TransferExperimentSpec;
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

/// One encoder taken through a list of stages, for every target language and seed.
@Group("isogloss.dev")
@Version("v1alpha1")
@Plural("transferexperiments")
@Singular("transferexperiment")
@ShortNames("txp")
@Categories("isogloss")
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "Steps", jsonPath = ".status.progress")
@AdditionalPrinterColumn(name = "Best", jsonPath = ".status.best")
@AdditionalPrinterColumn(name = "Task", jsonPath = ".spec.task.type", priority = 1)
@AdditionalPrinterColumn(name = "Source", jsonPath = ".spec.source", priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class TransferExperiment extends CustomResource<TransferExperimentSpec, ExperimentStatus>
        implements Namespaced {
    private static final long serialVersionUID = 1;

    @Override
    @JsonDeserialize(using = PlainRecord.class)
    public void setSpec(TransferExperimentSpec spec) {
        super.setSpec(spec);
    }

    @Override
    @JsonDeserialize(using = PlainRecord.class)
    public void setStatus(@Nullable ExperimentStatus status) {
        super.setStatus(status);
    }
}
