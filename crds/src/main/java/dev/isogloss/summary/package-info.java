/// Results over seeds: means, spreads and intervals, and the tables that show them. Terminal, status and report share
/// these numbers.
@NullMarked
package dev.isogloss.summary;

import org.jspecify.annotations.NullMarked;
