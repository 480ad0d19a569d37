/// One canonical form of JSON: key order, numbers, what is left out; the bytes that a step's key hashes.
@NullMarked
package dev.isogloss.json;

import org.jspecify.annotations.NullMarked;
