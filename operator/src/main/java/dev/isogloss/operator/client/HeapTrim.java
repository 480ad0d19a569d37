package dev.isogloss.operator.client;

import dev.isogloss.operator.settings.OperatorSettings;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

/// One garbage collection after the start, once all watches have read their resources. Reading thousands of steps
/// leaves a heap several times as large as what is kept of them, and an idle operator would hold it for days.
@Singleton
public class HeapTrim {

    void afterStart(
            @Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) StartupEvent started, OperatorSettings settings) {
        if (settings.client().heapTrim())
            Thread.ofPlatform().daemon().name("heap-trim").start(System::gc);
    }
}
