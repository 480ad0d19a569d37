package dev.isogloss.operator.client;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

/// Gives memory back once all watches have read what there is. Reading thousands of steps leaves a heap several
/// times as large as what is kept of them, and an operator that then waits would hold it for days.
@Singleton
public class HeapTrim {

    void afterStart(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) StartupEvent started) {
        Thread.ofPlatform().daemon().name("tidying").start(System::gc);
    }
}
