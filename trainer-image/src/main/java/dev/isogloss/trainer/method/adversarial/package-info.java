/// Language-adversarial training: Keung, Lu & Bhardwaj, EMNLP 2019.
@NullMarked
package dev.isogloss.trainer.method.adversarial;

import org.jspecify.annotations.NullMarked;
