/// Specs that users write and statuses that they read: plain records, each field with its rule, default and sentence.
@NullMarked
package dev.isogloss.api;

import org.jspecify.annotations.NullMarked;
