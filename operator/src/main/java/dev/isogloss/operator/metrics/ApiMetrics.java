package dev.isogloss.operator.metrics;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/// Timer of requests to the API server: `isogloss_api_requests_seconds{method,resource,code}`. A watch is timed
/// until its first answer.
public final class ApiMetrics implements Interceptor {
    /// The request that is answered is a copy of the one that was announced; what it carries is all they share.
    private static final String STARTED = "Isogloss-Started";

    private final MeterRegistry registry;
    private final LongSupplier nanos;

    public ApiMetrics(MeterRegistry registry, LongSupplier nanos) {
        this.registry = registry;
        this.nanos = nanos;
    }

    @Override
    public void before(io.fabric8.kubernetes.client.http.BasicBuilder builder, HttpRequest request, RequestTags tags) {
        builder.setHeader(STARTED, String.valueOf(nanos.getAsLong()));
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        record(request, String.valueOf(response.code()));
    }

    @Override
    public void afterConnectionFailure(HttpRequest request, Throwable failure) {
        record(request, "none");
    }

    private void record(HttpRequest request, String code) {
        String started = request.header(STARTED);
        long took = started == null ? 0 : nanos.getAsLong() - Long.parseLong(started);
        registry.timer(
                        "isogloss.api.requests",
                        "method",
                        request.method(),
                        "resource",
                        resource(request.uri()),
                        "code",
                        code)
                .record(Duration.ofNanos(took));
    }

    /// `/apis/batch/v1/namespaces/lab/jobs/train-1` is `jobs`, with `/status` behind it `jobs/status`.
    static String resource(URI uri) {
        String[] parts = uri.getPath().split("/");
        int at = parts.length > 1 && parts[1].equals("apis") ? 4 : 3;
        if (parts.length > at + 2 && parts[at].equals("namespaces")) at += 2;
        if (parts.length <= at) return "other";
        return parts.length > at + 2 ? parts[at] + "/" + parts[at + 2] : parts[at];
    }
}
