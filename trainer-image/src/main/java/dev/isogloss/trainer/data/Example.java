package dev.isogloss.trainer.data;

/// An example to predict for, with its gold answer where there is one.
public sealed interface Example permits TextExample, TaggedExample, ParsedExample {

    /// Its name within the split: what the file calls it, or the line it starts on.
    String id();

    /// Everything a reader of it would see, in one string: what tells two examples apart when splits are compared.
    String wholeText();
}
