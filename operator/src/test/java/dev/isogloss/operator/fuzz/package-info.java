/// Manifests at random: what the API server takes, `isogloss validate` takes, and neither stumbles.
@NullMarked
package dev.isogloss.operator.fuzz;

import org.jspecify.annotations.NullMarked;
