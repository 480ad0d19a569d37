package dev.isogloss.operator.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isogloss.resource.CoTrainingRun;
import dev.isogloss.resource.TrainingStep;
import dev.isogloss.resource.TransferExperiment;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads and copies resources with less work than the client's own way, which took a third of the operator's time
/// (docs/log.md).
///
/// Who manages which field is skipped: it is a third of a pod, and only the API server needs it. News of a watch are
/// read at once as what they are, not as a tree first. Our own resources are copied, before each pass, without writing
/// them out and reading them again: what they hold are records, which nobody can change.
public final class LightSerialization extends KubernetesSerialization {
    /// How the API server begins news, of its own kinds and of custom ones.
    private static final Pattern NEWS = Pattern.compile("""
            \\{"type":"([A-Z]+)","object":\\{(?:"kind":"([^"]+)","apiVersion":"([^"]+)"|"apiVersion":"([^"]+)","kind":"([^"]+)"),""");

    private final ObjectMapper mapper;

    public LightSerialization() {
        this(new ObjectMapper().addMixIn(ObjectMeta.class, WithoutManagers.class));
    }

    private LightSerialization(ObjectMapper mapper) {
        super(mapper, true);
        this.mapper = mapper;
    }

    @JsonIgnoreProperties("managedFields")
    private interface WithoutManagers {}

    @Override
    public <T> T unmarshal(String text, Class<T> type) {
        return type == WatchEvent.class
                ? news(text).map(type::cast).orElseGet(() -> super.unmarshal(text, type))
                : super.unmarshal(text, type);
    }

    /// @return nothing where it begins otherwise, or the kind is unknown, or it cannot be read: then the client's own
    ///     way tells what is wrong
    private Optional<WatchEvent> news(String text) {
        Matcher start = NEWS.matcher(text);
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
    @SuppressWarnings("unchecked") // each case gives the type that it was given
    public <T> T clone(T resource) {
        return switch (resource) {
            case TransferExperiment experiment -> (T) copy(experiment, new TransferExperiment());
            case CoTrainingRun run -> (T) copy(run, new CoTrainingRun());
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
