package dev.isogloss.operator.client;

import dev.isogloss.operator.settings.OperatorSettings;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// One garbage collection soon after the start, when all watches have read their resources and every experiment has
/// been looked at. Both leave a heap larger than what is kept, and an idle operator would hold it for days.
@Singleton
public class HeapTrim {
    /// Enough for the first looks at some ten thousand experiments.
    private static final long SECONDS = 30;

    void afterStart(
            @Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) StartupEvent started, OperatorSettings settings) {
        if (settings.client().heapTrim())
            CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS).execute(System::gc);
    }
}
