/// Gold and guess in, score out: accuracy, F1 by class, spans of entities, averages over languages.
@NullMarked
package dev.isogloss.trainer.metric;

import org.jspecify.annotations.NullMarked;
