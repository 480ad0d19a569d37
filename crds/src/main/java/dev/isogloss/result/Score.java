package dev.isogloss.result;

import dev.isogloss.api.task.Metric;

/// One number of one model: `value` lies between 0 and 1, over `examples` examples.
public record Score(String language, String split, Metric metric, double value, long examples) {}
