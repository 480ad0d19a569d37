/// Execution of a plan on this machine: it asks the decider, starts steps, and goes on where one failed.
@NullMarked
package dev.isogloss.trainer.executor;

import org.jspecify.annotations.NullMarked;
