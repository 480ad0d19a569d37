/// The application around the reconcilers: beans, leader election, health.
@NullMarked
package dev.isogloss.operator.app;

import org.jspecify.annotations.NullMarked;
