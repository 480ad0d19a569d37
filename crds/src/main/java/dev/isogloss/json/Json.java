package dev.isogloss.json;

import com.fasterxml.jackson.databind.json.JsonMapper;

/// JSON as Jackson reads and writes it without settings: compact, properties in the order of their declaration.
public final class Json {
    public static final JsonMapper PLAIN = new JsonMapper();

    private Json() {}
}
