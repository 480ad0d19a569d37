/// Importance-weighted domain alignment: Xian, Ji & Zhao, "Cross-lingual transfer with class-weighted
/// language-invariant representations", ICLR 2022. One file for each of its ideas; `docs/methods/iwda.md` for the
/// whole.
@NullMarked
package dev.isogloss.trainer.method.iwda;

import org.jspecify.annotations.NullMarked;
