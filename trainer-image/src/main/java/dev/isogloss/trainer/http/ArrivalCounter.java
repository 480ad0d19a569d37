package dev.isogloss.trainer.http;

import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/// A count of what has arrived of one response, so that a slow connection can be told from a dead one.
final class ArrivalCounter {
    private final AtomicLong arrivals = new AtomicLong();

    long count() {
        return arrivals.get();
    }

    /// The same handler, counted.
    <T> BodyHandler<T> counted(BodyHandler<T> handler) {
        return info -> {
            arrivals.incrementAndGet(); // status and headers
            return new Counted<>(handler.apply(info), arrivals);
        };
    }

    private record Counted<T>(BodySubscriber<T> subscriber, AtomicLong arrivals) implements BodySubscriber<T> {
        @Override
        public CompletionStage<T> getBody() {
            return subscriber.getBody();
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscriber.onSubscribe(subscription);
        }

        @Override
        public void onNext(List<ByteBuffer> piece) {
            arrivals.incrementAndGet();
            subscriber.onNext(piece);
        }

        @Override
        public void onError(Throwable failure) {
            subscriber.onError(failure);
        }

        @Override
        public void onComplete() {
            subscriber.onComplete();
        }
    }
}
