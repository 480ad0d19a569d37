/// Results of a plan as people read them: summaries over seeds, rounds, tables.
@NullMarked
package dev.isogloss.report;

import org.jspecify.annotations.NullMarked;
