/// The application around the reconcilers: what they are given, who leads, whether it is well.
@NullMarked
package dev.isogloss.operator.app;

import org.jspecify.annotations.NullMarked;
