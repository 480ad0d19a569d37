package dev.isogloss.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stage `pretrain`: masked-language modelling on plain text, and on translation pairs side by side (TLM; Conneau &
/// Lample, NeurIPS 2019, §3.3).
public record Pretrain(
        @Nullable List<String> languages,
        Masking masking,
        double samplingExponent,
        double pairFraction,
        double epochs,
        @Nullable Integer maxUpdates,
        int batchSize,
        int gradientAccumulation,
        int maxLength,
        double learningRate,
        double dropout,
        BatchOrder batchOrder,
        Optimiser optimiser)
        implements MethodSettings {}
