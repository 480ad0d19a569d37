/// Statistics of scores: doubles in, records out.
@NullMarked
package dev.isogloss.report.statistics;

import org.jspecify.annotations.NullMarked;
