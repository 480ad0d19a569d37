/// What the contract's tests share.
@NullMarked
package dev.isogloss;

import org.jspecify.annotations.NullMarked;
