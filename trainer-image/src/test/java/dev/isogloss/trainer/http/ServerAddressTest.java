package dev.isogloss.trainer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerAddressTest {

    @ParameterizedTest
    @CsvSource({
        "https://hub.example, https://hub.example",
        "http://hub.example:8080/mirror//, http://hub.example:8080/mirror",
        "http://[::1]:9000, http://[::1]:9000"
    })
    void an_address_is_a_host_and_perhaps_a_port_and_a_path(String text, String address) {
        assertThat(ServerAddress.parse("HF_ENDPOINT", text, "https://x")).hasToString(address);
    }

    @ParameterizedTest
    @CsvSource({"hub.example", "hub:9000", "ftp://hub.example", "file:///etc", "https:///path"})
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> ServerAddress.parse("HF_ENDPOINT", text, "https://hub.example"))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("HF_ENDPOINT is '%s'; it has to be an address such as https://hub.example.", text);
    }

    @ParameterizedTest
    @CsvSource({
        "https://user:geheim@hub.example/x, https://...@hub.example/x",
        "https://geheim@hub.example, https://...@hub.example",
        "https://hub.example?token=geheim, https://hub.example?...",
        "user:geheim@hub.example, ...@hub.example",
        "https://us er:geheim@hub.example, https://...@hub.example",
        "https://hub.example/ x#geheim, https://hub.example/ x?..."
    })
    void what_may_be_a_secret_is_refused_and_not_repeated(String text, String shown) {
        assertThatThrownBy(() -> ServerAddress.parse("HF_ENDPOINT", text, "https://hub.example"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("'%s'", shown)
                .hasMessageNotContaining("geheim");
    }

    @Test
    void a_password_is_told_to_leave() {
        assertThatThrownBy(() -> ServerAddress.parse("HF_ENDPOINT", "https://a:b@hub.example", "https://hub.example"))
                .hasMessage("HF_ENDPOINT is 'https://...@hub.example'; it must not hold a user, a password or a query,"
                        + " which messages would show. Write the address alone, such as https://hub.example.");
    }
}
