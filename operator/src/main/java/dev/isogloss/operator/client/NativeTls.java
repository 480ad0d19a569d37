package dev.isogloss.operator.client;

import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientBuilder;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Factory of HTTP clients whose TLS is BoringSSL's, where that can be loaded.
///
/// The operator's JVM runs with its quick compiler only (`TieredStopAtLevel=1`), which suits everything but ciphers:
/// those of the JDK are fast only with the optimising compiler, and took a quarter of the operator's processor time,
/// and of its start.
public final class NativeTls implements HttpClient.Factory {
    private static final Logger LOG = LoggerFactory.getLogger(NativeTls.class);

    private final Vertx vertx;
    private final boolean enabled;

    /// @param enabled false leaves TLS to the JDK
    public NativeTls(Vertx vertx, boolean enabled) {
        this.vertx = vertx;
        this.enabled = enabled;
    }

    @Override
    public HttpClient.Builder newBuilder() {
        if (!enabled || !OpenSsl.isAvailable()) {
            LOG.info("requests are encrypted by the JDK, not by a native library: {}", cause());
            return new VertxHttpClientBuilder<>(this, vertx);
        }
        LOG.info("requests are encrypted by {}", OpenSsl.versionString());
        Engine engine = new Engine(vertx);
        return new Builder(this, engine, engine.vertx());
    }

    private String cause() {
        Throwable cause = enabled ? OpenSsl.unavailabilityCause() : null;
        return cause == null ? "it is switched off" : String.valueOf(cause.getMessage());
    }

    /// Builder that hands key and trust managers to the engine.
    private static final class Builder extends VertxHttpClientBuilder<NativeTls> {
        private final Engine engine;

        Builder(NativeTls factory, Engine engine, Vertx vertx) {
            super(factory, vertx);
            this.engine = engine;
        }

        @Override
        public VertxHttpClientBuilder<NativeTls> sslContext(
                KeyManager @Nullable [] keyManagers, TrustManager @Nullable [] trustManagers) {
            engine.keyManagers = keyManagers;
            engine.trustManagers = trustManagers;
            return super.sslContext(keyManagers, trustManagers);
        }
    }

    /// Proxy of a Vertx that puts its engine into the options of each new client, where the builder has put the JDK's.
    private static final class Engine extends OpenSSLEngineOptions implements InvocationHandler, SslContextFactory {
        private final Vertx real;
        private KeyManager @Nullable [] keyManagers;
        private TrustManager @Nullable [] trustManagers;

        Engine(Vertx real) {
            this.real = real;
        }

        Vertx vertx() {
            return (Vertx) Proxy.newProxyInstance(Vertx.class.getClassLoader(), new Class<?>[] {Vertx.class}, this);
        }

        @Override
        public Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            if (arguments != null && arguments.length == 1 && arguments[0] instanceof HttpClientOptions options)
                options.setSslEngineOptions(this);
            try {
                return method.invoke(real, arguments);
            } catch (InvocationTargetException failure) {
                throw failure.getCause();
            }
        }

        @Override
        public SslContextFactory sslContextFactory() {
            return this;
        }

        @Override
        public SslContext create() throws SSLException {
            SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.OPENSSL);
            if (keyManagers != null && keyManagers.length > 0) builder.keyManager(keyManagers[0]);
            if (trustManagers != null && trustManagers.length > 0) builder.trustManager(trustManagers[0]);
            return builder.build();
        }

        /// The client copies its options; key and trust managers must stay in them.
        @Override
        public OpenSSLEngineOptions copy() {
            return this;
        }
    }
}
