@NullMarked
package dev.isogloss.manifest;

import org.jspecify.annotations.NullMarked;
