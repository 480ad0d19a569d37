/// Helpers that the tests of all modules share: the parent pom adds this folder to each module's test sources.
@NullMarked
package dev.isogloss.testing;

import org.jspecify.annotations.NullMarked;
