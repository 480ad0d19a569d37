package dev.isogloss.api.task;

import java.util.List;

/// The 37 relations of Universal Dependencies 2 (https://universaldependencies.org/u/dep), sorted. Subtypes are none of
/// them: `nsubj:pass` is `nsubj`.
public final class UniversalRelations {
    private UniversalRelations() {}

    public static final List<String> ALL = List.of(
            "acl",
            "advcl",
            "advmod",
            "amod",
            "appos",
            "aux",
            "case",
            "cc",
            "ccomp",
            "clf",
            "compound",
            "conj",
            "cop",
            "csubj",
            "dep",
            "det",
            "discourse",
            "dislocated",
            "expl",
            "fixed",
            "flat",
            "goeswith",
            "iobj",
            "list",
            "mark",
            "nmod",
            "nsubj",
            "nummod",
            "obj",
            "obl",
            "orphan",
            "parataxis",
            "punct",
            "reparandum",
            "root",
            "vocative",
            "xcomp");
}
