/// Self-training inside one model: Dong & de Melo, EMNLP 2019.
@NullMarked
package dev.isogloss.trainer.method.selftraining;

import org.jspecify.annotations.NullMarked;
