@NullMarked
package dev.isogloss.report;

import org.jspecify.annotations.NullMarked;
