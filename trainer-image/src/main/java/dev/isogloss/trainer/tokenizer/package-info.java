/// Text to ids and word indices: reads `tokenizer.json`, and trains WordPiece and Unigram vocabularies from text.
@NullMarked
package dev.isogloss.trainer.tokenizer;

import org.jspecify.annotations.NullMarked;
