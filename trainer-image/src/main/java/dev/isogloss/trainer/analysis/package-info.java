/// What models look like from inside and how it goes with their scores: reads models, trains nothing.
@NullMarked
package dev.isogloss.trainer.analysis;

import org.jspecify.annotations.NullMarked;
