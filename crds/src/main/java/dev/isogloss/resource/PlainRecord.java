package dev.isogloss.resource;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reader of specs and statuses by a mapper of their own. That of fabric8's client replaces the properties of every
/// constructor by ones that Jackson cannot unwrap, and would leave out what is `@JsonUnwrapped` in a record (fabric8
/// 7.4, `UnmatchedFieldTypeModule`).
final class PlainRecord extends JsonDeserializer<Object> implements ContextualDeserializer {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final ObjectReader reader;

    PlainRecord() {
        this(MAPPER.reader());
    }

    private PlainRecord(ObjectReader reader) {
        this.reader = reader;
    }

    @Override
    public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
        JavaType type = property == null ? context.getContextualType() : property.getType();
        return new PlainRecord(MAPPER.readerFor(type));
    }

    @Override
    public Object deserialize(JsonParser in, DeserializationContext context) throws IOException {
        return reader.readValue(in);
    }
}
