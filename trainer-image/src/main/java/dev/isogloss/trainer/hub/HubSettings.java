package dev.isogloss.trainer.hub;

import dev.isogloss.trainer.http.ServerAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The address of the hub and the folder of its files, by the same variables as Python's huggingface_hub.
///
/// @param endpoint HF_ENDPOINT, by default https://huggingface.co
/// @param cache HF_HUB_CACHE, by default `hub` in HF_HOME, which is ~/.cache/huggingface
/// @param token HF_TOKEN, sent to the endpoint and to no host that it redirects to
/// @param offline HF_HUB_OFFLINE: use what is in the cache and send no request
/// @param pause before the first repetition of a failed request; doubled each time
/// @param patience with a connection on which nothing arrives, > 0; then the request is repeated
public record HubSettings(
        URI endpoint, Path cache, @Nullable String token, boolean offline, Duration pause, Duration patience) {

    static final URI PUBLIC_HUB = URI.create("https://huggingface.co");

    public static HubSettings of(Map<String, String> environment) {
        Path home = environment.containsKey("HF_HOME")
                ? Path.of(environment.get("HF_HOME"))
                : Path.of(environment.getOrDefault("XDG_CACHE_HOME", environment.getOrDefault("HOME", ".") + "/.cache"))
                        .resolve("huggingface");
        String cache = environment.get("HF_HUB_CACHE");
        String token = environment.getOrDefault("HF_TOKEN", "").strip();
        return new HubSettings(
                ServerAddress.parse(
                        "HF_ENDPOINT",
                        environment.getOrDefault("HF_ENDPOINT", PUBLIC_HUB.toString()),
                        PUBLIC_HUB.toString()),
                cache == null ? home.resolve("hub") : Path.of(cache),
                token.isEmpty() ? null : token,
                Set.of("1", "ON", "YES", "TRUE")
                        .contains(environment.getOrDefault("HF_HUB_OFFLINE", "").toUpperCase(Locale.ROOT)),
                Duration.ofSeconds(1),
                Duration.ofMinutes(1));
    }
}
