/// Step specs, one file a kind: what a step does, what it reads, and the key that names its work.
@NullMarked
package dev.isogloss.plan.step;

import org.jspecify.annotations.NullMarked;
