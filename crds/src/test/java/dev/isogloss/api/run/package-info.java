@NullMarked
package dev.isogloss.api.run;

import org.jspecify.annotations.NullMarked;
