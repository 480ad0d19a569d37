/// The kind TransferExperiment.
@NullMarked
package dev.isogloss.api.experiment;

import org.jspecify.annotations.NullMarked;
