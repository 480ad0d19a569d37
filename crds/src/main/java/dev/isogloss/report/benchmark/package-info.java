/// Tables of benchmarks: systems and languages, differences with their significance, and how papers print them.
@NullMarked
package dev.isogloss.report.benchmark;

import org.jspecify.annotations.NullMarked;
