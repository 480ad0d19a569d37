/// Encoders from a model hub: addresses, downloads, the local cache.
@NullMarked
package dev.isogloss.trainer.hub;

import org.jspecify.annotations.NullMarked;
