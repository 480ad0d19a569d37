package dev.isogloss.trainer.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.json.Sha256;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The worked examples of *Signature Calculations for the Authorization Header: Transferring Payload in a Single Chunk
/// (AWS Signature Version 4)*: their keys, requests and signatures.
class SignatureTest {
    private static final Signature SIGNATURE = new Signature(
            new BucketSettings.AccessKeys("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", null),
            "us-east-1");
    private static final Instant NOW = Instant.parse("2013-05-24T00:00:00Z");
    private static final String HOST = "examplebucket.s3.amazonaws.com";
    private static final String NOTHING = Sha256.of(new byte[0]);

    @Test
    void part_of_an_object_is_asked_for() {
        var headers = Map.of("host", HOST, "range", "bytes=0-9");

        assertThat(SIGNATURE.sign("GET", "/test.txt", "", headers, NOTHING, NOW).get("authorization"))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                        + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                        + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    @Test
    void an_object_is_written() {
        var headers = Map.of(
                "host", HOST,
                "date", "Fri, 24 May 2013 00:00:00 GMT",
                "x-amz-storage-class", "REDUCED_REDUNDANCY");
        String path = "/" + Signature.encode("test$file.text", true);
        String body = Sha256.of("Welcome to Amazon S3.".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(path).isEqualTo("/test%24file.text");
        assertThat(SIGNATURE.sign("PUT", path, "", headers, body, NOW).get("authorization"))
                .endsWith("Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
    }

    @Test
    void a_part_of_the_query_without_value_counts() {
        assertThat(SIGNATURE
                        .sign("GET", "/", "lifecycle=", Map.of("host", HOST), NOTHING, NOW)
                        .get("authorization"))
                .endsWith("Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
    }

    @Test
    void objects_are_listed() {
        assertThat(SIGNATURE
                        .sign("GET", "/", "max-keys=2&prefix=J", Map.of("host", HOST), NOTHING, NOW)
                        .get("authorization"))
                .endsWith("Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
    }

    @Test
    void keys_that_expire_send_their_token_signed() {
        Signature signature = new Signature(new BucketSettings.AccessKeys("id", "secret", "token"), "eu-west-1");

        var headers = signature.sign("GET", "/", "", Map.of("host", HOST), NOTHING, NOW);

        assertThat(headers).containsEntry("x-amz-security-token", "token");
        assertThat(headers.get("authorization"))
                .contains("/eu-west-1/s3/")
                .contains("SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token,");
    }

    @Test
    void names_are_encoded_as_the_signature_wants_them() {
        assertThat(Signature.encode("a b/ü+~&=%.txt", true)).isEqualTo("a%20b/%C3%BC%2B~%26%3D%25.txt");
        assertThat(Signature.encode("a/b", false)).isEqualTo("a%2Fb");
    }
}
