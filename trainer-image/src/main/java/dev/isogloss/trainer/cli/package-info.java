/// The command line: words on the outside, exit codes, one paragraph for everything that goes wrong.
@NullMarked
package dev.isogloss.trainer.cli;

import org.jspecify.annotations.NullMarked;
