/// A store kept in a bucket: steps work in a scratch folder, and what counts is carried to and fro.
@NullMarked
package dev.isogloss.trainer.store.bucket;

import org.jspecify.annotations.NullMarked;
