package dev.isogloss.api.data;

/// The layout of the files of a dataset.
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
