/// The kind TransferBenchmark.
@NullMarked
package dev.isogloss.api.benchmark;

import org.jspecify.annotations.NullMarked;
