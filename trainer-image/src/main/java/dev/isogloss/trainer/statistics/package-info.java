/// Numbers about numbers: doubles in, records out, no tensor and no file.
@NullMarked
package dev.isogloss.trainer.statistics;

import org.jspecify.annotations.NullMarked;
