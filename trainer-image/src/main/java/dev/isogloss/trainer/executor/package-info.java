/// Runs a plan on this machine: asks the decider, starts steps, keeps going where one failed.
@NullMarked
package dev.isogloss.trainer.executor;

import org.jspecify.annotations.NullMarked;
