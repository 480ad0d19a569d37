/// Manifests read, refused and planned.
@NullMarked
package dev.isogloss.planner;

import org.jspecify.annotations.NullMarked;
