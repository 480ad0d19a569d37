/// Tests against a real API server, and against a simulated cluster.
@NullMarked
package dev.isogloss.operator.cluster;

import org.jspecify.annotations.NullMarked;
