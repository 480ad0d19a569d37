package dev.isogloss.trainer.step;

/// The progress of a running step. Implementations may be called from any thread, as often as the caller likes.
public interface Progress {

    /// Shown nowhere.
    Progress NONE = new Progress() {
        @Override
        public void update(long update, long of, double loss, double examplesPerSecond, double tokensPerSecond) {}

        @Override
        public void note(String text) {}
    };

    /// @param update            updates (or batches, when labelling) done so far
    /// @param of                how many there will be; 0 if unknown
    /// @param loss              a smoothed training loss; NaN where there is none
    /// @param examplesPerSecond NaN if not measured
    /// @param tokensPerSecond   tokens without padding; NaN if not measured
    void update(long update, long of, double loss, double examplesPerSecond, double tokensPerSecond);

    /// A sentence worth seeing: "12 of 400 test texts also occur in train".
    void note(String text);
}
