package dev.isogloss.resource;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.isogloss.api.cluster.TrainingStepSpec;
import dev.isogloss.api.cluster.TrainingStepStatus;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/// The unit of work of one pod.
@Group("isogloss.dev")
@Version("v1alpha1")
@Plural("trainingsteps")
@Singular("trainingstep")
@ShortNames("tst")
@Categories("isogloss")
@AdditionalPrinterColumn(name = "Kind", jsonPath = ".spec.kind")
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "Title", jsonPath = ".spec.title")
@AdditionalPrinterColumn(name = "Attempts", jsonPath = ".status.attempts", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalSelectableField(jsonPath = ".status.phase")
public class TrainingStep extends CustomResource<TrainingStepSpec, TrainingStepStatus> implements Namespaced {
    private static final long serialVersionUID = 1;

    @Override
    @JsonDeserialize(using = PlainRecord.class)
    public void setSpec(TrainingStepSpec spec) {
        super.setSpec(spec);
    }

    @Override
    @JsonDeserialize(using = PlainRecord.class)
    public void setStatus(@Nullable TrainingStepStatus status) {
        super.setStatus(status);
    }
}
