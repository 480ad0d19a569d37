package dev.isogloss.operator.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Interceptor between an operator and its API server that fails requests as the test says.
final class Faults implements Interceptor {
    /// Where a request is lost: before it is carried out, or afterwards, with its answer.
    enum Point {
        Before,
        After
    }

    /// Decision of a test about each request.
    interface Plan {
        /// @return the code to fail with; 0 lets it pass
        int code(String method, String path, Point point, int write);
    }

    private final Plan plan;
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean dead;

    Faults(Plan plan) {
        this.plan = plan;
    }

    /// The n-th write is lost, and with it the process: nothing comes through afterwards. Where the n-th gets no answer
    /// at all (a busy machine, a request given up), it is the next one.
    static Faults killedAt(int write, Point point) {
        return new Faults((_, _, at, number) -> number >= write && at == point ? -1 : 0);
    }

    boolean isDead() {
        return dead;
    }

    int writes() {
        return writes.get();
    }

    KubernetesClient client() {
        Config config = RealApiServer.config();
        config.setRequestRetryBackoffLimit(0);
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(RunningOperator.serialization())
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("faults", this))
                .build();
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        int number = isWrite(request) ? writes.incrementAndGet() : 0;
        check(request, Point.Before, number);
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        if (isWrite(request)) check(request, Point.After, answered.incrementAndGet());
    }

    private static boolean isWrite(HttpRequest request) {
        return !request.method().equals("GET");
    }

    private void check(HttpRequest request, Point point, int number) {
        if (dead) throw new KubernetesClientException("the operator is dead");
        int code = plan.code(request.method(), request.uri().getPath(), point, number);
        if (code == 0) return;
        dead = code < 0;
        throw new KubernetesClientException("a fault of the test", code < 0 ? 500 : code, null);
    }
}
