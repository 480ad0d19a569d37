/// Learning from translations: label alignment, semantic alignment, and sentence vectors by translation ranking.
@NullMarked
package dev.isogloss.trainer.method.language;

import org.jspecify.annotations.NullMarked;
