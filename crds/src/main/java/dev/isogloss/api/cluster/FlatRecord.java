package dev.isogloss.api.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads a record of which a component is `@JsonUnwrapped`, by a mapper of its own: that of fabric8's client replaces
/// the properties of every constructor by ones that Jackson does not unwrap (fabric8 7.4, `UnmatchedFieldTypeModule`).
public final class FlatRecord extends JsonDeserializer<Object> implements ContextualDeserializer {
    private static final JsonMapper PLAIN = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public @Nullable Object findDeserializer(Annotated annotated) {
                    Object given = super.findDeserializer(annotated);
                    return given == FlatRecord.class ? null : given;
                }
            })
            .build();

    private final @Nullable JavaType type;

    public FlatRecord() {
        this(null);
    }

    private FlatRecord(@Nullable JavaType type) {
        this.type = type;
    }

    @Override
    public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
        return new FlatRecord(context.getContextualType());
    }

    @Override
    public Object deserialize(JsonParser in, DeserializationContext context) throws IOException {
        return PLAIN.readValue(PLAIN.treeAsTokens(in.readValueAsTree()), type);
    }
}
