/// One process at a time, and one of its threads: the operating system's locks on files.
@NullMarked
package dev.isogloss.trainer.lock;

import org.jspecify.annotations.NullMarked;
