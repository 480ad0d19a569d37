/// The canonical form of JSON (key order, numbers, what is left out), and SHA-256 of it.
@NullMarked
package dev.isogloss.json;

import org.jspecify.annotations.NullMarked;
