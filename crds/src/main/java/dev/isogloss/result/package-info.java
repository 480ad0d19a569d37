/// Results of steps: scores, facts, provenance.
@NullMarked
package dev.isogloss.result;

import org.jspecify.annotations.NullMarked;
