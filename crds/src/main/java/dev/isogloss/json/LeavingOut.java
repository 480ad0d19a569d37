package dev.isogloss.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import java.util.List;

/// Leaves out members at the value that their `LeftOutAt` names.
final class LeavingOut extends BeanSerializerModifier {
    private static final long serialVersionUID = 1;

    @Override
    public List<BeanPropertyWriter> changeProperties(
            SerializationConfig config, BeanDescription bean, List<BeanPropertyWriter> members) {
        members.replaceAll(member -> {
            LeftOutAt old = member.getAnnotation(LeftOutAt.class);
            return old == null ? member : new Writer(member, tree(old.value()));
        });
        return members;
    }

    private static JsonNode tree(String json) {
        try {
            return Json.PLAIN.readTree(json);
        } catch (JsonProcessingException failure) {
            throw new IllegalArgumentException("@LeftOutAt holds no JSON: " + json, failure);
        }
    }

    private static final class Writer extends BeanPropertyWriter {
        private static final long serialVersionUID = 1;
        private final transient JsonNode old;

        Writer(BeanPropertyWriter member, JsonNode old) {
            super(member);
            this.old = old;
        }

        @Override
        public void serializeAsField(Object bean, JsonGenerator out, SerializerProvider provider) throws Exception {
            JsonNode value = Json.PLAIN.valueToTree(get(bean));
            // compared in canonical form, so that 0 and 0.0 are one number
            if (!CanonicalJson.of(value).equals(CanonicalJson.of(old))) super.serializeAsField(bean, out, provider);
        }
    }
}
