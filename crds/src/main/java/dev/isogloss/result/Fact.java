package dev.isogloss.result;

import java.util.Locale;

/// The name of a number that a step leaves beside its scores, with what kind of number it is. A fact of a class, a
/// language or a stage has that behind a dot: `selected.positive`, `prior.train.en.positive`.
public enum Fact {
    Seconds(Kind.Seconds, "wall-clock time of the step"),
    PeakMemoryBytes(Kind.Bytes, "most memory that tensors took at once"),

    Updates(Kind.Count, "updates done; 0 where the model of the round before is kept"),
    KeptUpdate(Kind.Count, "update whose weights are the model"),
    Sequences(Kind.Count, "sequences that were learnt from"),
    UnlabelledSequences(Kind.Count, "sequences of the target's unlabelled text"),
    SelectionScore(Kind.Score, "score that selected the checkpoint, and that rounds are compared by"),
    Bar(Kind.Score, "score of the model that a training with keep: Better went on from"),
    Accepted(Kind.Count, "1 where that training was better, 0 where its model was kept"),
    Pairs(Kind.Count, "pairs of translations that were learnt from"),
    Vocabulary(Kind.Count, "pieces of the tokenizer"),
    TranslatedTexts(Kind.Count, "labelled texts that have translations"),
    Translations(Kind.Count, "translations of them"),
    PseudoLabels(Kind.Count, "texts with labels of other models that were learnt from"),
    PseudoLabelled(Kind.Count, "texts that self-training labelled itself"),
    PseudoLabelAccuracy(Kind.Share, "share of those labels that is right, where the truth is known"),

    Labelled(Kind.Count, "examples of the pool that were labelled"),
    Gold(Kind.Count, "labelled examples that the size of a draw is a share of"),
    Pool(Kind.Count, "examples of the pool that were not handed on in an earlier round"),
    Confident(Kind.Count, "of these, those whose label the model is confident of"),
    Selected(Kind.Count, "labels handed on; with a class, labels of that class"),
    Known(Kind.Count, "labels handed on whose truth is known"),
    Wrong(Kind.Count, "of these, those that are wrong"),
    Round(Kind.Count, "round whose model was chosen"),

    Examples(Kind.Count, "examples that were scored"),
    Models(Kind.Count, "models whose predictions were averaged"),
    Overlap(Kind.Count, "scored examples that occur word for word in a training split: scored split, then trained"),
    Sample(Kind.Count, "examples of a split that is drawn from a larger one"),
    Prior(Kind.Share, "share of a class: in the source and the target, or in a split that is drawn"),
    Weight(Kind.Number, "weight of a class, as the critic has it in the end"),
    PriorShift(Kind.Share, "total variation of the class shares between source and target"),
    PriorShiftLeft(Kind.Share, "what of that is left under the weights"),
    PriorCorrection(Kind.Number, "1 where the weights find the target's shares, 0 where they are no better than none"),
    Shift(Kind.Number, "distance of the class means of source and target, in the last layer"),
    AlignmentGain(Kind.Number, "share of that distance in the first model that this one has overcome");

    /// The kind of a number, which decides how it is written.
    public enum Kind {
        Count,
        Bytes,
        Seconds,
        /// Of a whole, 0 to 1.
        Share,
        /// As those of `Score`, 0 to 1.
        Score,
        Number;

        boolean isWhole() {
            return this == Count || this == Bytes;
        }
    }

    private final String name;
    private final Kind kind;
    private final String meaning;

    Fact(Kind kind, String meaning) {
        this.name = name().substring(0, 1).toLowerCase(Locale.ROOT) + name().substring(1);
        this.kind = kind;
        this.meaning = meaning;
    }

    public Kind kind() {
        return kind;
    }

    public String meaning() {
        return meaning;
    }

    /// As JSON has it: `keptUpdate`.
    @Override
    public String toString() {
        return name;
    }

    /// @param detail a class, a split and language, a stage; parts of it stand behind dots
    String of(String detail) {
        return name + "." + detail;
    }
}
