package dev.isogloss.planner;

/// Of each kind of step, how often a mended bug has changed what it gives. Raising one moves its keys: done by hand,
/// with a line in the changelog.
final class Revisions {
    static final int PRETRAIN = 1;
    static final int TRAIN = 1;
    static final int IWDA = 1;
    static final int DISTILL = 1;
    static final int SELF_TRAIN = 1;
    static final int ADVERSARIAL_ALIGN = 1;
    static final int ANALYSE = 1;
    static final int ENSEMBLE = 1;
    static final int EVALUATE = 1;
    static final int RANK = 1;
    static final int ALIGN_MEANINGS = 1;
    static final int LABEL = 1;
    static final int SELECT = 1;
    static final int CHOOSE = 1;

    private Revisions() {}
}
