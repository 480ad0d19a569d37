package dev.isogloss.trainer.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.trainer.store.StoreJson;
import dev.isogloss.trainer.why.FieldChange;
import dev.isogloss.trainer.why.Reason;
import java.util.List;

/// Why a step of a plan is to run, for programs.
final class WhyJson {
    private WhyJson() {}

    /// `reason` is one of `Changed`, `Follows`, `NothingAlike` and `Unfinished`; the fields are those of [Reason].
    static ObjectNode of(Reason reason) {
        ObjectNode node = StoreJson.MAPPER.createObjectNode();
        node.put("reason", reason.getClass().getSimpleName());
        switch (reason) {
            case Reason.Changed(StepKey nearest, List<FieldChange> changes, List<StepKey> follows) -> {
                node.put("nearest", nearest.hex());
                ArrayNode fields = node.putArray("changes");
                for (FieldChange change : changes) {
                    ObjectNode field = fields.addObject().put("field", change.field());
                    field.set("stored", change.stored());
                    field.set("planned", change.planned());
                }
                keys(node.putArray("follows"), follows);
            }
            case Reason.Follows(StepKey nearest, List<StepKey> roots) -> {
                node.put("nearest", nearest.hex());
                keys(node.putArray("follows"), roots);
            }
            case Reason.NothingAlike alike -> node.put("ofKind", alike.ofKind());
            case Reason.Unfinished(boolean running, boolean checkpoint) ->
                node.put("running", running).put("checkpoint", checkpoint);
        }
        return node;
    }

    private static void keys(ArrayNode list, List<StepKey> keys) {
        keys.forEach(key -> list.add(key.hex()));
    }
}
