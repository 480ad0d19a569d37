package dev.isogloss.trainer.http;

import static dev.isogloss.trainer.http.ScriptedServer.breaksOff;
import static dev.isogloss.trainer.http.ScriptedServer.fallsSilent;
import static dev.isogloss.trainer.http.ScriptedServer.isSlow;
import static dev.isogloss.trainer.http.ScriptedServer.responds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RetryingClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final RetryingClient client = new RetryingClient(
            HttpClient.Version.HTTP_1_1, new RetryingClient.Policy(3, Duration.ofMillis(1), PATIENCE));

    private String get(ScriptedServer server) throws IOException, InterruptedException {
        return client.retry(() -> {
            HttpResponse<String> response =
                    client.send(RetryingClient.request(server.address("/x")).build(), BodyHandlers.ofString());
            if (response.statusCode() >= 500) throw new RetryableStatus(response.statusCode(), response.headers());
            return response.body();
        });
    }

    @Test
    void a_request_is_repeated_until_it_succeeds() throws Exception {
        try (ScriptedServer server =
                new ScriptedServer(responds(503, "overloaded"), breaksOff(), responds(200, "whole"))) {
            assertThat(get(server)).isEqualTo("whole");
            assertThat(server.requests()).containsExactly("GET /x", "GET /x", "GET /x");
        }
    }

    @Test
    void after_the_last_attempt_its_failure_is_thrown() throws Exception {
        try (ScriptedServer server = new ScriptedServer(responds(503, ""))) {
            assertThatThrownBy(() -> get(server))
                    .isInstanceOf(RetryableStatus.class)
                    .hasMessage("status 503");
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void a_connection_that_falls_silent_is_given_up_and_tried_again() throws Exception {
        try (ScriptedServer server = new ScriptedServer(fallsSilent(), responds(200, "whole"))) {
            assertThat(get(server)).isEqualTo("whole");
        }
    }

    @Test
    void silence_alone_is_told_with_the_time_that_was_waited() throws Exception {
        try (ScriptedServer server = new ScriptedServer(fallsSilent())) {
            assertThatThrownBy(() -> client.send(
                            RetryingClient.request(server.address("/x")).build(), BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("nothing arrived for 1 s");
        }
    }

    @Test
    void a_slow_connection_may_take_longer_than_patience_lasts() throws Exception {
        try (ScriptedServer server = new ScriptedServer(isSlow(8, PATIENCE.toMillis() / 5))) {
            assertThat(get(server)).isEqualTo("xxxxxxxx");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void an_address_where_nothing_listens_is_named_as_such() throws Exception {
        ScriptedServer server = new ScriptedServer(responds(200, ""));
        server.close();

        assertThatThrownBy(() -> get(server))
                .isInstanceOfSatisfying(IOException.class, failure -> assertThat(RetryingClient.reason(failure))
                        .isEqualTo("no connection (nothing listens there, or no host has this name)"));
    }

    private List<Integer> statuses(ScriptedServer server, boolean follow) throws IOException, InterruptedException {
        return client
                .sendFollowing(
                        server.address("/old"),
                        address -> RetryingClient.request(address).build(),
                        BodyHandlers.discarding(),
                        _ -> follow)
                .stream()
                .map(HttpResponse::statusCode)
                .toList();
    }

    @Test
    void redirections_are_followed_by_the_callers_rule() throws Exception {
        for (boolean follow : List.of(true, false))
            try (ScriptedServer server =
                    new ScriptedServer(responds(307, "", "Location: /new"), responds(200, "here"))) {
                assertThat(statuses(server, follow)).isEqualTo(follow ? List.of(307, 200) : List.of(307));
            }
    }

    @Test
    void a_circle_of_redirections_ends() throws Exception {
        try (ScriptedServer server = new ScriptedServer(responds(302, "", "Location: /old"))) {
            assertThatThrownBy(() -> statuses(server, true)).hasMessage("more than 5 redirections");
        }
    }

    @Test
    void a_redirection_to_no_address_is_an_error_that_names_it() throws Exception {
        try (ScriptedServer server = new ScriptedServer(responds(302, "", "Location: file:///etc/passwd"))) {
            assertThatThrownBy(() -> statuses(server, true))
                    .hasMessage("it sends on to 'file:///etc/passwd', which is no address on the web");
        }
    }

    @Test
    void pauses_double_and_a_server_may_ask_for_longer_ones_within_patience() {
        RetryingClient.Policy policy = new RetryingClient.Policy(6, Duration.ofSeconds(1), Duration.ofSeconds(60));

        assertThat(policy.pauseAfter(1, new IOException())).isEqualTo(Duration.ofSeconds(1));
        assertThat(policy.pauseAfter(4, new IOException())).isEqualTo(Duration.ofSeconds(8));
        assertThat(policy.pauseAfter(1, busy("7"))).isEqualTo(Duration.ofSeconds(7));
        assertThat(policy.pauseAfter(4, busy("7"))).isEqualTo(Duration.ofSeconds(8));
        assertThat(policy.pauseAfter(1, busy("86400"))).isEqualTo(Duration.ofSeconds(60));
        assertThat(policy.pauseAfter(1, busy("soon"))).isEqualTo(Duration.ofSeconds(1));
    }

    private static RetryableStatus busy(String retryAfter) {
        return new RetryableStatus(429, HttpHeaders.of(Map.of("Retry-After", List.of(retryAfter)), (_, _) -> true));
    }
}
