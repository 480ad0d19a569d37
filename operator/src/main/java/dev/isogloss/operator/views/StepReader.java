package dev.isogloss.operator.views;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.isogloss.api.cluster.Phase;
import dev.isogloss.api.cluster.TrainingStepSpec;
import dev.isogloss.api.cluster.TrainingStepStatus;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reader of a TrainingStep for the caches. Whether it has succeeded stands behind its spec, which takes most of the
/// time: it is skipped at first, and read only where it is needed. A list has the steps of all runs there ever were, a
/// watch those that end now: only their label sketches will soon be asked for.
final class StepReader extends StdDeserializer<TrainingStep> {
    private static final long serialVersionUID = 1;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final ObjectReader SPEC = MAPPER.readerFor(TrainingStepSpec.class);
    private static final ObjectReader STATUS = MAPPER.readerFor(TrainingStepStatus.class);

    StepReader() {
        super(TrainingStep.class);
    }

    @Override
    public TrainingStep deserialize(JsonParser in, DeserializationContext context) throws IOException {
        @Nullable Object text = context.getAttribute(TrimmedReading.class);
        boolean isList = text != null;
        @Nullable ObjectMeta metadata = null;
        @Nullable SkippedSpec spec = null;
        @Nullable TrainingStepStatus status = null;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            boolean isNull = in.nextToken() == JsonToken.VALUE_NULL;
            switch (isNull ? "" : name) {
                case "metadata" -> metadata = context.readValue(in, ObjectMeta.class);
                case "spec" -> spec = SkippedSpec.skip(in, text);
                case "status" -> status = STATUS.readValue(in);
                default -> in.skipChildren();
            }
        }
        if (metadata != null && spec != null && status != null && status.phase() == Phase.Succeeded) {
            if (!isList) EndedStep.keepSketch(metadata, status);
            return EndedStep.kept(metadata, spec.trimmed(), status);
        }
        TrainingStep step = new TrainingStep();
        if (metadata != null) step.setMetadata(metadata);
        if (spec != null) step.setSpec(spec.whole());
        step.setStatus(status);
        return step;
    }

    /// A spec of which only the fields were read that are kept of a step that is done.
    private static final class SkippedSpec {
        private final byte @Nullable [] text;
        private final @Nullable TokenBuffer tokens;
        private int begin;
        private int end;
        private String key = "";
        private String kind = "";
        private @Nullable String title;
        private int attempt;
        private boolean suspend;

        private SkippedSpec(byte @Nullable [] text, @Nullable TokenBuffer tokens) {
            this.text = text;
            this.tokens = tokens;
        }

        /// @param text what the parser reads, where it is known
        static SkippedSpec skip(JsonParser in, @Nullable Object text) throws IOException {
            if (!(text instanceof byte[] bytes)) {
                TokenBuffer tokens = new TokenBuffer(in);
                tokens.copyCurrentStructure(in);
                SkippedSpec spec = new SkippedSpec(null, tokens);
                try (JsonParser again = tokens.asParser()) {
                    again.nextToken();
                    spec.readKept(again);
                }
                return spec;
            }
            SkippedSpec spec = new SkippedSpec(bytes, null);
            spec.begin = Math.toIntExact(in.currentTokenLocation().getByteOffset());
            spec.readKept(in);
            spec.end = Math.toIntExact(in.currentLocation().getByteOffset());
            return spec;
        }

        private void readKept(JsonParser in) throws IOException {
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                in.nextToken();
                switch (name) {
                    case "key" -> key = in.getValueAsString("");
                    case "kind" -> kind = in.getValueAsString("").intern();
                    case "title" -> title = in.getValueAsString();
                    case "attempt" -> attempt = in.getValueAsInt();
                    case "suspend" -> suspend = in.getValueAsBoolean();
                    default -> in.skipChildren();
                }
            }
        }

        TrainingStepSpec trimmed() {
            return EndedStep.trimmed(key, kind, title, attempt, suspend);
        }

        TrainingStepSpec whole() throws IOException {
            if (tokens != null) return SPEC.readValue(tokens.asParser());
            return SPEC.readValue(text, begin, end - begin);
        }
    }
}
