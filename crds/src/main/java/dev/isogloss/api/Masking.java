package dev.isogloss.api;

/// How masked-language modelling hides pieces (Devlin et al., NAACL 2019, §3.1).
public record Masking(double fraction, double replacedByMask, double replacedByRandom, boolean wholeWord) {}
