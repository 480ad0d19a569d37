/// Writes to the API server: Jobs and their pods, claims, events, statuses, and the budget of those that can wait.
@NullMarked
package dev.isogloss.operator.act;

import org.jspecify.annotations.NullMarked;
