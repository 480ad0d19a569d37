/// Plans decided and simulated.
@NullMarked
package dev.isogloss.plan;

import org.jspecify.annotations.NullMarked;
