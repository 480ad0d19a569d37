/// Robust training: EAR (Ding et al., COLING 2022) and the methods it is compared with (Huang et al., EMNLP 2021;
/// Miyato et al., ICLR 2017).
@NullMarked
package dev.isogloss.trainer.method.robust;

import org.jspecify.annotations.NullMarked;
