package dev.isogloss.trainer.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class TrainingMetricsTest {

    @Test
    void a_running_training_can_be_scraped() throws Exception {
        int port = freePort();
        try (TrainingMetrics metrics = TrainingMetrics.on(port);
                HttpClient client = HttpClient.newHttpClient()) {
            metrics.updated(3, 10, 0.25, 32, 900, 0.5);

            String page = client.send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();

            assertThat(page)
                    .contains("isogloss_training_loss 0.25")
                    .contains("isogloss_training_update 3.0")
                    .contains("isogloss_training_updates 10.0")
                    .contains("isogloss_training_remaining_seconds 3.5")
                    .contains("isogloss_training_tokens_total 900.0")
                    .contains("isogloss_training_examples_total 32.0")
                    .containsPattern("isogloss_training_peak_memory_bytes [1-9]");
        }
    }

    @Test
    void a_port_in_use_is_refused_with_a_sentence() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThatThrownBy(() -> TrainingMetrics.on(taken.getLocalPort()).close())
                    .hasMessageContaining("port " + taken.getLocalPort() + " cannot be used for metrics");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
