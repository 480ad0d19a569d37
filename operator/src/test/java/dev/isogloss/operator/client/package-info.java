@NullMarked
package dev.isogloss.operator.client;

import org.jspecify.annotations.NullMarked;
