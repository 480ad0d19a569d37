/// Data and encoders that lie in buckets, brought to this machine before a step reads them.
@NullMarked
package dev.isogloss.trainer.fetch;

import org.jspecify.annotations.NullMarked;
