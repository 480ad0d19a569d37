/// Knowledge distillation: Wu et al., ACL 2020.
@NullMarked
package dev.isogloss.trainer.method.distill;

import org.jspecify.annotations.NullMarked;
