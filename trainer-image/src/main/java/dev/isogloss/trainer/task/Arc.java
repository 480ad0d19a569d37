package dev.isogloss.trainer.task;

/// A word's place in a tree: the word that it hangs on, and how.
///
/// @param head     the number of its head, counted from 1; 0 for the root
/// @param relation the number of the relation among the labels
record Arc(int head, int relation) {

    /// As the target of a prediction: head · labels + relation.
    int packed(int labels) {
        return head * labels + relation;
    }

    static Arc of(long packed, int labels) {
        return new Arc((int) (packed / labels), (int) (packed % labels));
    }
}
