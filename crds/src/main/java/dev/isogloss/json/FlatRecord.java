package dev.isogloss.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads records with `@JsonUnwrapped` components by a mapper of its own. The Kubernetes client's mapper wraps all
/// properties, and Jackson then no longer knows that an unwrapped one belongs to the constructor.
public final class FlatRecord extends JsonDeserializer<Object> implements ContextualDeserializer {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .annotationIntrospector(new WithoutFlatRecord())
            .build();

    private final JavaType type;

    /// For Jackson, which then asks for the reader of a type by `createContextual`.
    public FlatRecord() {
        this(TypeFactory.unknownType());
    }

    private FlatRecord(JavaType type) {
        this.type = type;
    }

    @Override
    public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
        return new FlatRecord(context.getContextualType());
    }

    @Override
    public @Nullable Object deserialize(JsonParser in, DeserializationContext context) throws IOException {
        ObjectReader reader = MAPPER.readerFor(type);
        if (!context.isEnabled(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES))
            reader = reader.without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        return reader.readValue(context.readTree(in));
    }

    private static final class WithoutFlatRecord extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public @Nullable Object findDeserializer(Annotated member) {
            Object reader = super.findDeserializer(member);
            return reader == FlatRecord.class ? null : reader;
        }
    }
}
