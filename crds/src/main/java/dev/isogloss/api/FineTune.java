package dev.isogloss.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stage `fineTune`: supervised training of encoder and head.
public record FineTune(
        @Nullable List<String> languages,
        double epochs,
        @Nullable Integer maxUpdates,
        int batchSize,
        int gradientAccumulation,
        double learningRate,
        double labelSmoothing,
        double dropout,
        BatchOrder batchOrder,
        @Nullable Integer evaluateEvery,
        Optimiser optimiser,
        Selection selection)
        implements MethodSettings {}
