/// Encoders: published ones, and those that a manifest has trained.
@NullMarked
package dev.isogloss.api.encoder;

import org.jspecify.annotations.NullMarked;
