package dev.isogloss.trainer.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BucketSettingsTest {
    private static final Map<String, String> KEYS = Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", "hush");

    private static BucketSettings settings(String... more) {
        Map<String, String> environment = new HashMap<>(KEYS);
        for (int i = 0; i < more.length; i += 2) environment.put(more[i], more[i + 1]);
        return BucketSettings.of(environment);
    }

    @Test
    void without_more_variables_a_bucket_lies_at_amazon_in_us_east_1() {
        assertThat(settings().base("lab")).hasToString("https://lab.s3.us-east-1.amazonaws.com");
        assertThat(settings("AWS_DEFAULT_REGION", "eu-west-1").base("lab"))
                .hasToString("https://lab.s3.eu-west-1.amazonaws.com");
        assertThat(settings("AWS_REGION", "eu-west-2", "AWS_DEFAULT_REGION", "eu-west-1")
                        .region())
                .isEqualTo("eu-west-2");
    }

    @Test
    void a_server_of_ones_own_is_asked_by_path() {
        assertThat(settings("AWS_ENDPOINT_URL", "http://minio:9000/").base("lab"))
                .hasToString("http://minio:9000/lab");
        assertThat(settings("AWS_ENDPOINT_URL", "http://other", "AWS_ENDPOINT_URL_S3", "https://minio/s3")
                        .base("lab"))
                .hasToString("https://minio/s3/lab");
    }

    @Test
    void path_or_host_can_be_said() {
        assertThat(settings("AWS_S3_FORCE_PATH_STYLE", "true").base("lab"))
                .hasToString("https://s3.us-east-1.amazonaws.com/lab");
        assertThat(settings("AWS_ENDPOINT_URL", "https://cloud:1", "AWS_S3_FORCE_PATH_STYLE", "false")
                        .base("lab"))
                .hasToString("https://lab.cloud:1");
    }

    @Test
    void missing_keys_are_told_with_the_way_to_give_them() {
        assertThatThrownBy(() -> BucketSettings.of(Map.of()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("AWS_ACCESS_KEY_ID is not set, and s3:// addresses need keys.")
                .hasMessageContaining("secretRef: {name: SECRET}");
        assertThatThrownBy(() -> BucketSettings.of(Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", " ")))
                .hasMessageStartingWith("AWS_SECRET_ACCESS_KEY is not set");
    }

    @Test
    void an_endpoint_that_is_no_address_is_refused() {
        assertThatThrownBy(() -> settings("AWS_ENDPOINT_URL", "minio:9000"))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("AWS_ENDPOINT_URL is 'minio:9000'; it has to be an address such as"
                        + " https://minio.example:9000.");
    }

    @Test
    void secrets_are_not_printed_nor_is_more_than_the_end_of_an_id_that_may_be_one() {
        assertThat(settings("AWS_SESSION_TOKEN", "token").toString())
                .contains("keys=the key,")
                .doesNotContain("hush")
                .doesNotContain("token,");
        assertThat(new BucketSettings.AccessKeys("AKIDEXAMPLE", "hush", null)).hasToString("the key ending in MPLE");
    }

    @Test
    void an_address_is_a_bucket_and_a_folder() {
        assertThat(BucketAddress.parse("s3://lab")).isEqualTo(new BucketAddress("lab", ""));
        assertThat(BucketAddress.parse("s3://lab/a/b/")).isEqualTo(new BucketAddress("lab", "a/b/"));
        assertThat(BucketAddress.parse("s3://lab/a/b/")).hasToString("s3://lab/a/b");
        assertThat(BucketAddress.parse("s3://lab")).hasToString("s3://lab");
        for (String wrong : new String[] {"s3://", "s3:///x", "s3://Lab/x", "s3://lab/a//b", "s3://lab/../x"})
            assertThatThrownBy(() -> BucketAddress.parse(wrong)).isInstanceOf(InvalidInput.class);
    }
}
