/// Robust training: EAR (Ding et al., COLING 2022) and the methods it is compared with (Huang et al., 2021; Miyato et
// al.,
/// 2017).
@NullMarked
package dev.isogloss.trainer.method.robust;

import org.jspecify.annotations.NullMarked;
