/// A small family of invented languages, for the quickstart and the tests: nothing here was collected anywhere.
@NullMarked
package dev.isogloss.trainer.data.toy;

import org.jspecify.annotations.NullMarked;
