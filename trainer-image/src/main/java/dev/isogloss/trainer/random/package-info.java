/// Named streams of random numbers: the only source of chance.
@NullMarked
package dev.isogloss.trainer.random;

import org.jspecify.annotations.NullMarked;
