package dev.isogloss.trainer.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.json.JsonMistake;
import java.io.IOException;
import java.util.SortedMap;

/// The record of an encoder that is kept in a store: `copy.json`, written last, so that a copy without it does not
/// count.
///
/// @param source the address that it was fetched from
/// @param files  what it is made of, each in the same folder
public record EncoderCopy(String name, String version, String source, SortedMap<String, StoredFile> files) {
    public static final String FILE = "copy.json";

    public static EncoderCopy of(Identity encoder, String source, SortedMap<String, StoredFile> files) {
        return new EncoderCopy(encoder.name(), encoder.version(), source, files);
    }

    public Identity identity() {
        return new Identity(Identity.Kind.Encoder, name, version);
    }

    public long bytes() {
        return files.values().stream().mapToLong(StoredFile::bytes).sum();
    }

    public byte[] json() throws IOException {
        return StoreJson.MAPPER.writeValueAsBytes(this);
    }

    /// @param place of the record, for the message
    /// @throws InvalidInput if it is no record
    public static EncoderCopy read(byte[] json, String place) {
        try {
            EncoderCopy copy = StoreJson.MAPPER.readValue(json, EncoderCopy.class);
            if (copy != null && copy.files() != null && copy.source() != null) return copy;
            throw unreadable(place, "fields are missing");
        } catch (JsonProcessingException e) {
            throw unreadable(place, JsonMistake.inWords(e));
        } catch (IOException e) {
            throw unreadable(place, String.valueOf(e.getMessage()));
        }
    }

    private static InvalidInput unreadable(String place, String why) {
        return new InvalidInput(
                "%s is not what a store writes (%s). Remove its folder, and the encoder is fetched again."
                        .formatted(place, why));
    }

    /// `published/<name>/<version>`.
    public static String path(Identity encoder) {
        return "published/%s/%s"
                .formatted(IdentityRecords.safe(encoder.name()), IdentityRecords.safe(encoder.version()));
    }
}
