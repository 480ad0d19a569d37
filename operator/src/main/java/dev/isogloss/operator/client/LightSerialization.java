package dev.isogloss.operator.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isogloss.resource.CoTrainingRun;
import dev.isogloss.resource.TrainingStep;
import dev.isogloss.resource.TransferBenchmark;
import dev.isogloss.resource.TransferExperiment;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Serialization of resources with less work than the client's own, which took a third of the operator's processor
/// time.
///
/// `managedFields` are skipped: they are a third of a pod, and only the API server needs them. Watch events are read
/// directly as their resource's class, not as a tree first. What fills the caches, lists and watch events, may be read
/// in a form of its own. Our own resources are copied, before each pass, without
/// writing them out and reading them again: their specs and statuses are records, which cannot change.
public final class LightSerialization extends KubernetesSerialization {
    /// The beginning of a watch event as the API server writes it, of its own kinds and of custom ones.
    private static final Pattern EVENT_START = Pattern.compile("""
            \\{"type":"([A-Z]+)","object":\\{(?:"kind":"([^"]+)","apiVersion":"([^"]+)"|"apiVersion":"([^"]+)","kind":"([^"]+)"),""");

    /// Of lists and watch events.
    private final ObjectMapper mapper;

    private final Class<?> source;

    /// @param caches how lists and watch events are read; it finds the bytes of a list under its class among the
    ///               attributes of the context
    public LightSerialization(Module caches) {
        this(new ObjectMapper().addMixIn(ObjectMeta.class, WithoutManagers.class), caches);
    }

    private LightSerialization(ObjectMapper mapper, Module caches) {
        super(mapper, true);
        this.mapper = mapper.copy().registerModule(caches);
        this.source = caches.getClass();
    }

    @JsonIgnoreProperties("managedFields")
    private interface WithoutManagers {}

    @Override
    public <T> T unmarshal(String text, Class<T> type) {
        return type == WatchEvent.class
                ? watchEvent(text).map(type::cast).orElseGet(() -> super.unmarshal(text, type))
                : super.unmarshal(text, type);
    }

    @Override
    public <T> T unmarshal(InputStream text, TypeReference<T> type) {
        JavaType java = mapper.getTypeFactory().constructType(type);
        if (!java.isTypeOrSubTypeOf(KubernetesResourceList.class)) return super.unmarshal(text, type);
        try {
            byte[] bytes = text.readAllBytes();
            return mapper.readerFor(java).withAttribute(source, bytes).readValue(bytes);
        } catch (IOException unreadable) {
            throw KubernetesClientException.launderThrowable(unreadable);
        }
    }

    /// @return empty where the text begins otherwise, the kind is unknown, or it cannot be read: then the client's
    /// own way reports what is wrong
    private Optional<WatchEvent> watchEvent(String text) {
        Matcher start = EVENT_START.matcher(text);
        if (!start.lookingAt()) return Optional.empty();
        boolean custom = start.group(2) == null;
        Class<? extends KubernetesResource> type = getRegisteredKubernetesResource(
                custom ? start.group(4) : start.group(3), custom ? start.group(5) : start.group(2));
        if (type == null) return Optional.empty();
        try (JsonParser parser = mapper.createParser(text)) {
            while (!"object".equals(parser.currentName())) parser.nextToken();
            parser.nextToken();
            return Optional.of(new WatchEvent(mapper.readValue(parser, type), start.group(1)));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    @SuppressWarnings("unchecked") // each case returns the type of its argument
    public <T> T clone(T resource) {
        return switch (resource) {
            case TransferExperiment experiment -> (T) copy(experiment, new TransferExperiment());
            case CoTrainingRun run -> (T) copy(run, new CoTrainingRun());
            case TransferBenchmark benchmark -> (T) copy(benchmark, new TransferBenchmark());
            case TrainingStep step -> (T) copy(step, new TrainingStep());
            case null, default -> super.clone(resource);
        };
    }

    private static <S, U, R extends CustomResource<S, U>> R copy(R resource, R fresh) {
        fresh.setMetadata(new ObjectMetaBuilder(resource.getMetadata()).build());
        fresh.setSpec(resource.getSpec());
        fresh.setStatus(resource.getStatus());
        return fresh;
    }
}
