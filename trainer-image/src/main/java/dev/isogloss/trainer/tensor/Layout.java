package dev.isogloss.trainer.tensor;

import java.util.List;

/// Operations that arrange, pick and join a [Tensor]'s elements.
abstract sealed class Layout extends Elementwise permits Algebra {

    public Tensor transpose(int a, int b) {
        return Operators.call("transpose", this, a, b);
    }

    /// One size may be -1: what is left over.
    public Tensor reshape(long... sizes) {
        return Operators.call("reshape", this, sizes);
    }

    /// Axes of size 1 repeated without a copy; -1 leaves a size as it is.
    public Tensor expand(long... sizes) {
        return Operators.call("expand", this, sizes);
    }

    /// From `from` (included) to `to` (excluded); the axis stays.
    public Tensor slice(int axis, long from, long to) {
        return Operators.call("slice", this, axis, from, to);
    }

    /// The i-th along an axis; the axis goes.
    public Tensor select(int axis, long i) {
        return Operators.call("select", this, axis, i);
    }

    /// Rows (first axis) picked by an int64 vector.
    public Tensor rows(Tensor index) {
        return Operators.call("index_select", this, 0, index);
    }

    /// Entries along `axis` picked by an int64 vector.
    public Tensor pick(int axis, Tensor index) {
        return Operators.call("index_select", this, axis, index);
    }

    /// result[i][j] = this[i][index[i][j]] for axis 1; likewise for others.
    public Tensor gather(int axis, Tensor index) {
        return Operators.call("gather", this, axis, index);
    }

    /// This table's rows [v, h] for ids of any shape: [.., h]. The row `padding` gets no gradient; -1: every row
    /// does.
    public Tensor embedding(Tensor ids, long padding) {
        return Operators.call("embedding", this, ids, padding);
    }

    public static Tensor concat(int axis, List<Tensor> tensors) {
        return Operators.call("cat", tensors, axis);
    }

    public static Tensor stack(int axis, List<Tensor> tensors) {
        return Operators.call("stack", tensors, axis);
    }
}
