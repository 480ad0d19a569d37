/// What a user writes and reads: specs and statuses as plain records, each field with its rule, default and sentence.
@NullMarked
package dev.isogloss.api;

import org.jspecify.annotations.NullMarked;
