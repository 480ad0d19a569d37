package dev.isogloss.trainer.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The way from this process to servers, by the environment variables that other tools read as well.
///
/// @param proxies     HTTPS_PROXY and HTTP_PROXY (or in small letters), by the scheme of the server
/// @param direct      NO_PROXY: hosts that are reached without a proxy, and all below them
/// @param authorities ISOGLOSS_CA_CERTIFICATES: certificates as PEM text that are trusted beside Java's own
record Connections(Map<String, URI> proxies, List<String> direct, Optional<TrustedAuthorities> authorities) {
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");
    private static final int USUAL_PORT = 80;

    static Connections of(Map<String, String> environment) {
        return new Connections(
                Map.copyOf(proxies(environment)),
                value(environment, "NO_PROXY").stream()
                        .flatMap(hosts -> Arrays.stream(hosts.split("[,\\s]+")))
                        .map(host -> host.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
                        .filter(host -> !host.isEmpty())
                        .toList(),
                value(environment, TrustedAuthorities.VARIABLE).map(TrustedAuthorities::parse));
    }

    private static Map<String, URI> proxies(Map<String, String> environment) {
        Map<String, URI> proxies = new TreeMap<>();
        for (String scheme : List.of("http", "https")) {
            String variable = scheme.toUpperCase(Locale.ROOT) + "_PROXY";
            value(environment, variable)
                    .map(text -> ServerAddress.parse(
                            variable, text.contains("://") ? text : "http://" + text, "http://proxy.example:3128"))
                    .ifPresent(proxy -> proxies.put(scheme, proxy));
        }
        return proxies;
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.getOrDefault(name, environment.get(name.toLowerCase(Locale.ROOT))))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    /// Without variables, Java's own settings hold (`-Dhttps.proxyHost`, `-Djavax.net.ssl.trustStore`).
    void configure(HttpClient.Builder http) {
        if (!proxies.isEmpty()) http.proxy(new Selector(this));
        authorities.ifPresent(trusted -> http.sslContext(trusted.context()));
    }

    private Proxy proxyFor(URI address) {
        URI proxy = proxies.get(address.getScheme());
        if (proxy == null || isDirect(address.getHost().toLowerCase(Locale.ROOT))) return Proxy.NO_PROXY;
        int port = proxy.getPort() < 0 ? USUAL_PORT : proxy.getPort();
        return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.getHost(), port));
    }

    private boolean isDirect(String host) {
        return LOOPBACK.contains(host)
                || direct.stream().anyMatch(name -> name.equals("*") || host.equals(name) || host.endsWith("." + name));
    }

    private static final class Selector extends ProxySelector {
        private final Connections connections;

        Selector(Connections connections) {
            this.connections = connections;
        }

        @Override
        public List<Proxy> select(URI address) {
            return List.of(connections.proxyFor(address));
        }

        @Override
        public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
            // The request fails with the same exception.
        }
    }
}
