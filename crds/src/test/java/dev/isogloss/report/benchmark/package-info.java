@NullMarked
package dev.isogloss.report.benchmark;

import org.jspecify.annotations.NullMarked;
