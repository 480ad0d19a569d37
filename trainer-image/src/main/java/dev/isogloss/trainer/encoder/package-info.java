/// One readable transformer that gives every layer, and the folders it is read from and written to.
@NullMarked
package dev.isogloss.trainer.encoder;

import org.jspecify.annotations.NullMarked;
