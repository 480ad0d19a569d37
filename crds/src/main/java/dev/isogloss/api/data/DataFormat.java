package dev.isogloss.api.data;

/// How the files of a dataset are laid out.
public enum DataFormat {
    JsonLines,
    TabSeparated,
    Xnli,
    PawsX,
    WikiAnn,
    Conll,
    ConllU,
    Marc
}
