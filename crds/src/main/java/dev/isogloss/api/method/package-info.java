/// Hyperparameters, one record a method, with their defaults and the source of each.
@NullMarked
package dev.isogloss.api.method;

import org.jspecify.annotations.NullMarked;
