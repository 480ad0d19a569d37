package dev.isogloss.api.method;

/// The hyperparameters of one method: what a manifest's stage says, with every default filled in.
public sealed interface MethodSettings
        permits FineTune, LanguageAdaptation, RobustTraining, Pretrain, TargetAdaptation, Interpolate, Inspection {

    /// The method's name: the field of a stage that holds these settings.
    default String method() {
        return switch (this) {
            case FineTune _ -> "fineTune";
            case LanguageAdaptation _ -> "languageAdaptation";
            case Ear _ -> "ear";
            case RandomizedSmoothing _ -> "randomizedSmoothing";
            case AdversarialTraining _ -> "adversarialTraining";
            case Pretrain _ -> "pretrain";
            case Iwda _ -> "iwda";
            case Distill _ -> "distill";
            case SelfTrain _ -> "selfTrain";
            case AdversarialAlign _ -> "adversarialAlign";
            case Interpolate _ -> "interpolate";
            case Analyse _ -> "analyse";
            case Project _ -> "project";
        };
    }
}
