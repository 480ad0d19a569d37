package dev.isogloss.operator.act;

import dev.isogloss.operator.names.Messages;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.names.StepNames;
import dev.isogloss.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Recorder of Kubernetes events about our resources. The same sentence about the same resource is one event with a
/// count. Nothing relies on events: one that cannot be written is logged, and that is all.
public final class Events {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);
    private static final int REMEMBERED = 4096;
    private static final int LONGEST_MESSAGE = 1024;
    private static final int LONGEST_NAME = 200;

    private final KubernetesClient client;
    private final InstantSource clock;
    private final WriteBudget writeBudget;
    private final boolean enabled;
    private final Map<String, Integer> counts = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };

    public Events(KubernetesClient client, InstantSource clock, WriteBudget writeBudget, boolean enabled) {
        this.client = client;
        this.clock = clock;
        this.writeBudget = writeBudget;
        this.enabled = enabled;
    }

    /// An event of the ordinary kind; left out while the budget is used up.
    public void normal(HasMetadata about, Reason reason, String sentence) {
        if (enabled && writeBudget.tryAcquire()) record(about, "Normal", reason, sentence);
    }

    /// An event that may call for an action of the user; never left out.
    public void warning(HasMetadata about, Reason reason, String sentence) {
        record(about, "Warning", reason, sentence);
    }

    private void record(HasMetadata about, String type, Reason reason, String sentence) {
        if (!enabled) return;
        Event event = event(about, type, reason, Messages.clip(sentence, LONGEST_MESSAGE));
        try {
            int count = count(event.getMetadata().getName());
            if (count == 1) create(event);
            else repeat(event, count);
        } catch (KubernetesClientException failure) {
            LOG.warn(
                    "event {} about {} could not be written: {}",
                    reason,
                    about.getMetadata().getName(),
                    failure.getMessage());
        }
    }

    private synchronized int count(String name) {
        return counts.merge(name, 1, Integer::sum);
    }

    /// After a restart of the operator the event may exist already.
    private void create(Event event) {
        try {
            client.resource(event).create();
        } catch (KubernetesClientException failure) {
            if (failure.getCode() != HttpURLConnection.HTTP_CONFLICT) throw failure;
        }
    }

    private void repeat(Event event, int count) {
        try {
            client.resource(event)
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"count\":%d,\"lastTimestamp\":\"%s\"}".formatted(count, event.getLastTimestamp()));
        } catch (KubernetesClientException failure) {
            if (failure.getCode() != HttpURLConnection.HTTP_NOT_FOUND) throw failure;
            create(event);
        }
    }

    private Event event(HasMetadata about, String type, Reason reason, String sentence) {
        var metadata = about.getMetadata();
        @Nullable String uid = metadata.getUid();
        String now = Conditions.timestamp(clock.instant());
        String digest = StepNames.digest(uid + reason + sentence).substring(0, 16);
        String name = metadata.getName();
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(metadata.getNamespace())
                .withName(name.substring(0, Math.min(name.length(), LONGEST_NAME)) + "." + digest)
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withNamespace(metadata.getNamespace())
                .withName(name)
                .withUid(uid)
                .endInvolvedObject()
                .withType(type)
                .withReason(reason.name())
                .withMessage(sentence)
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .withNewSource("isogloss-operator", null)
                .withReportingComponent("isogloss.dev/operator")
                .withReportingInstance("isogloss-operator")
                .build();
    }
}
