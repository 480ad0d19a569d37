package dev.isogloss.trainer.data.toy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The meaning of a clause, in no language yet: translation pairs are one meaning realised twice.
///
/// @param about a preposition and what follows it
record Clause(
        Party subject,
        Concept verb,
        @Nullable Party object,
        @Nullable About about) {

    /// A participant.
    sealed interface Party {}

    /// A thing: `the red house`, `three houses`.
    ///
    /// @param count 1 for one; more is written as a number
    record Thing(Concept noun, @Nullable Concept adjective, int count) implements Party {}

    /// A person or thing already known.
    record Known(Concept pronoun) implements Party {}

    /// A named entity.
    ///
    /// @param type PER, LOC or ORG
    /// @param parts its words, in order
    /// @param title what stands before it and is no part of it
    record Named(String type, List<Concept> parts, @Nullable Concept title) implements Party {}

    /// Where, when, with whom.
    record About(Concept preposition, Party what) {}
}
