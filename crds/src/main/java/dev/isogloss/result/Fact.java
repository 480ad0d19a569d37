package dev.isogloss.result;

import java.util.Locale;

/// The name of a number that a step leaves beside its scores, with what kind of number it is. A fact of a class, a
/// language or a stage has that behind a dot: `selected.positive`, `prior.train.en.positive`.
public enum Fact {
    Seconds(Unit.Seconds, "wall-clock time of the step"),
    PeakMemoryBytes(Unit.Bytes, "most memory that tensors took at once"),

    Updates(Unit.Count, "updates done; 0 where the model of the round before is kept"),
    KeptUpdate(Unit.Count, "update whose weights are the model"),
    Sequences(Unit.Count, "sequences that were learnt from"),
    UnlabelledSequences(Unit.Count, "sequences of the target's unlabelled text"),
    SelectionScore(Unit.Score, "score that selected the checkpoint, and that rounds are compared by"),
    Bar(Unit.Score, "score of the model that a training with keep: Better went on from"),
    Accepted(Unit.Count, "1 where that training was better, 0 where its model was kept"),
    Pairs(Unit.Count, "pairs of translations that were learnt from"),
    Vocabulary(Unit.Count, "pieces of the tokenizer"),
    TranslatedTexts(Unit.Count, "labelled texts that have translations"),
    Translations(Unit.Count, "translations of them"),
    PseudoLabels(Unit.Count, "texts with labels of other models that were learnt from"),
    PseudoLabelled(Unit.Count, "texts that self-training labelled itself"),
    PseudoLabelAccuracy(Unit.Share, "share of those labels that is right, where the truth is known"),

    Labelled(Unit.Count, "examples of the pool that were labelled"),
    Gold(Unit.Count, "labelled examples that the size of a draw is a share of"),
    Pool(Unit.Count, "examples of the pool that were not handed on in an earlier round"),
    Confident(Unit.Count, "of these, those whose label the model is confident of"),
    Selected(Unit.Count, "labels handed on; with a class, labels of that class"),
    Known(Unit.Count, "labels handed on whose truth is known"),
    Wrong(Unit.Count, "of these, those that are wrong"),
    Distilled(
            Unit.Count,
            "labels of a model that were trusted, behind a dot whose of two; for a third one to learn from"),
    Shared(Unit.Count, "examples that the trusted labels of both models hold"),
    Agreed(Unit.Count, "of these, those with the same labels"),
    CleanWeight(Unit.Share, "share of the component with the lower losses, behind a dot of whose labels"),
    CleanMean(Unit.Number, "its mean loss"),
    NoisyMean(Unit.Number, "mean loss of the other component"),
    Copies(Unit.Count, "copies of texts that were made"),
    Discarded(Unit.Count, "copies left out since two words had grown into one"),
    Replaceable(Unit.Share, "share of the words learnt from that have neighbours in the dictionary"),
    Round(Unit.Count, "round whose model was chosen"),
    Choice(Unit.Count, "candidate of a sweep that was chosen, counted from 1 in the order of its values"),
    Candidate(Unit.Score, "mean score of a candidate, behind a dot its number"),
    Difference(
            Unit.Number,
            "of a comparison, the system's score less the baseline's, behind a dot the language or average; so are the"
                    + " next three"),
    Low(Unit.Number, "lower end of the 95 % interval of the difference"),
    High(Unit.Number, "upper end of that interval"),
    Probability(Unit.Share, "p of the difference by approximate randomisation, not adjusted"),

    Examples(Unit.Count, "examples that were scored"),
    CutWords(Unit.Count, "words of scored sentences beyond what the encoder reads; they count as wrong"),
    Models(Unit.Count, "models whose predictions were averaged"),
    Overlap(Unit.Count, "scored examples that occur word for word in a training split: scored split, then trained"),
    Sample(Unit.Count, "examples of a split that is drawn from a larger one"),
    Prior(Unit.Share, "share of a class: in the source and the target, or in a split that is drawn"),
    Weight(Unit.Number, "weight of a class, as the critic has it in the end"),
    PriorShift(Unit.Share, "total variation of the class shares between source and target"),
    PriorShiftLeft(Unit.Share, "what of that is left under the weights"),
    PriorCorrection(Unit.Number, "1 where the weights find the target's shares, 0 where they are no better than none"),
    Shift(Unit.Number, "distance of the class means of source and target, in the last layer"),
    AlignmentGain(Unit.Number, "share of that distance in the first model that this one has overcome"),
    Points(Unit.Count, "points of a map, behind a dot whose; models that were scored between three"),
    Divergence(Unit.Number, "KL divergence of a t-SNE map from its vectors, in nats"),
    Mixing(Unit.Share, "share of the vectors whose nearest neighbour is of another language"),
    PairDistance(
            Unit.Number,
            "mean distance of a word and its neighbour, or of a replaced word and what replaces it, over that of any"
                    + " two vectors"),
    NormSource(Unit.Number, "norm of the way, over all weights, from the model of both languages to the source's"),
    NormTarget(Unit.Number, "norm of the way from that model to the target's"),
    Ratio(Unit.Number, "the first of these over the second"),
    Degrees(Unit.Number, "angle between the two ways");

    /// The kind of a number, which decides how it is written.
    public enum Unit {
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
    private final Unit unit;
    private final String meaning;

    Fact(Unit unit, String meaning) {
        this.name = name().substring(0, 1).toLowerCase(Locale.ROOT) + name().substring(1);
        this.unit = unit;
        this.meaning = meaning;
    }

    public Unit unit() {
        return unit;
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
