package dev.isogloss.resource;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.isogloss.api.run.CoTrainingRunSpec;
import dev.isogloss.api.run.CoTrainingRunStatus;
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

/// Several models that teach each other over rounds.
@Group("isogloss.dev")
@Version("v1alpha1")
@Plural("cotrainingruns")
@Singular("cotrainingrun")
@ShortNames("ctr")
@Categories("isogloss")
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "Round", jsonPath = ".status.roundProgress")
@AdditionalPrinterColumn(name = "Best Model", jsonPath = ".status.bestModel")
@AdditionalPrinterColumn(name = "Best Score", jsonPath = ".status.bestScore")
@AdditionalPrinterColumn(
        name = "Pseudo-Labels",
        jsonPath = ".status.pseudoLabels",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Steps", jsonPath = ".status.progress")
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class CoTrainingRun extends CustomResource<CoTrainingRunSpec, CoTrainingRunStatus> implements Namespaced {
    private static final long serialVersionUID = 1;

    @Override
    @JsonDeserialize(using = PlainRecord.class)
    public void setSpec(CoTrainingRunSpec spec) {
        super.setSpec(spec);
    }

    @Override
    @JsonDeserialize(using = PlainRecord.class)
    public void setStatus(@Nullable CoTrainingRunStatus status) {
        super.setStatus(status);
    }
}
