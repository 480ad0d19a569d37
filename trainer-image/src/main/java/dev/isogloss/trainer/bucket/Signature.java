package dev.isogloss.trainer.bucket;

import dev.isogloss.json.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// AWS Signature Version 4 in a header, for S3: *Authenticating Requests (AWS Signature Version 4)*, "Signature
/// Calculations for the Authorization Header: Transferring Payload in a Single Chunk".
///
///     canonical = method ⏎ path ⏎ query ⏎ headers ⏎ names of headers ⏎ SHA-256 of the body
///     text      = "AWS4-HMAC-SHA256" ⏎ time ⏎ scope ⏎ SHA-256 of canonical      scope = day/region/s3/aws4_request
///     signature = HMAC(HMAC(HMAC(HMAC(HMAC("AWS4" + secret, day), region), "s3"), "aws4_request"), text)
final class Signature {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private final BucketSettings.AccessKeys keys;
    private final String region;

    Signature(BucketSettings.AccessKeys keys, String region) {
        this.keys = keys;
        this.region = region;
    }

    /// The headers that make a request one of ours, with those it was given.
    ///
    /// @param path    percent-encoded
    /// @param query   percent-encoded, sorted by name
    /// @param headers all that shall be signed, `host` among them
    /// @param body    SHA-256 of the body in hex
    SortedMap<String, String> sign(
            String method, String path, String query, Map<String, String> headers, String body, Instant now) {
        String time = TIME.format(now);
        String scope = "%s/%s/s3/aws4_request".formatted(time.substring(0, 8), region);
        SortedMap<String, String> all = new TreeMap<>();
        headers.forEach((name, value) -> all.put(name.toLowerCase(java.util.Locale.ROOT), value.strip()));
        all.put("x-amz-date", time);
        all.put("x-amz-content-sha256", body);
        if (keys.token() != null) all.put("x-amz-security-token", keys.token());
        String names = String.join(";", all.keySet());
        String lines = all.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                .collect(Collectors.joining());
        String canonical = String.join("\n", method, path, query, lines, names, body);
        String text = String.join("\n", ALGORITHM, time, scope, Sha256.of(canonical.getBytes(StandardCharsets.UTF_8)));
        String signature = HexFormat.of().formatHex(hmac(key(time.substring(0, 8)), text));
        all.put(
                "authorization",
                "%s Credential=%s/%s,SignedHeaders=%s,Signature=%s"
                        .formatted(ALGORITHM, keys.id(), scope, names, signature));
        return all;
    }

    private byte[] key(String day) {
        byte[] secret = ("AWS4" + keys.secret()).getBytes(StandardCharsets.UTF_8);
        return hmac(hmac(hmac(hmac(secret, day), region), "s3"), "aws4_request");
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible); // every JDK has it
        }
    }

    /// Percent-encodes as RFC 3986 says: only letters, digits and `-._~` stay, and slashes if asked.
    static String encode(String text, boolean keepSlashes) {
        StringBuilder out = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xff);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (plain || "-._~".indexOf(c) >= 0 || (keepSlashes && c == '/')) out.append(c);
            else out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
        }
        return out.toString();
    }
}
