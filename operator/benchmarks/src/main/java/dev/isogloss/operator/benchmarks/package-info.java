/// How the operator does with many experiments: what is measured against a simulated cluster.
@NullMarked
package dev.isogloss.operator.benchmarks;

import org.jspecify.annotations.NullMarked;
