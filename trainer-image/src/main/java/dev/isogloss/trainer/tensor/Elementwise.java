package dev.isogloss.trainer.tensor;

/// Operations of a [Tensor] on each element.
abstract sealed class Elementwise permits Layout {

    public Tensor plus(Tensor other) {
        return Operators.call("plus", this, other);
    }

    public Tensor plus(double number) {
        return Operators.call("plus_number", this, number);
    }

    public Tensor minus(Tensor other) {
        return Operators.call("minus", this, other);
    }

    public Tensor minus(double number) {
        return Operators.call("minus_number", this, number);
    }

    public Tensor times(Tensor other) {
        return Operators.call("times", this, other);
    }

    public Tensor times(double number) {
        return Operators.call("times_number", this, number);
    }

    public Tensor dividedBy(Tensor other) {
        return Operators.call("divided_by", this, other);
    }

    public Tensor dividedBy(double number) {
        return Operators.call("divided_by_number", this, number);
    }

    public Tensor power(double exponent) {
        return Operators.call("power", this, exponent);
    }

    public Tensor negate() {
        return Operators.call("neg", this);
    }

    public Tensor square() {
        return Operators.call("square", this);
    }

    public Tensor sqrt() {
        return Operators.call("sqrt", this);
    }

    public Tensor exp() {
        return Operators.call("exp", this);
    }

    public Tensor log() {
        return Operators.call("log", this);
    }

    public Tensor tanh() {
        return Operators.call("tanh", this);
    }

    public Tensor relu() {
        return Operators.call("relu", this);
    }

    /// x where it is positive, eˣ − 1 elsewhere.
    public Tensor elu() {
        return Operators.call("elu", this);
    }

    /// x Φ(x), exactly (not its approximation by tanh).
    public Tensor gelu() {
        return Operators.call("gelu", this);
    }

    public Tensor sigmoid() {
        return Operators.call("sigmoid", this);
    }

    /// log σ(x) without overflow.
    public Tensor logSigmoid() {
        return Operators.call("log_sigmoid", this);
    }

    public Tensor abs() {
        return Operators.call("abs", this);
    }

    public Tensor clamp(double low, double high) {
        return Operators.call("clamp", this, low, high);
    }

    public Tensor maximum(Tensor other) {
        return Operators.call("maximum", this, other);
    }

    public Tensor minimum(Tensor other) {
        return Operators.call("minimum", this, other);
    }

    // ---- comparison: truth values; asFloat() makes them 0 and 1

    public Tensor equalTo(Tensor other) {
        return Operators.call("eq", this, other);
    }

    public Tensor equalTo(double number) {
        return Operators.call("eq_number", this, number);
    }

    public Tensor greaterThan(Tensor other) {
        return Operators.call("gt", this, other);
    }

    public Tensor greaterThan(double number) {
        return Operators.call("gt_number", this, number);
    }

    public Tensor lessThan(Tensor other) {
        return Operators.call("lt", this, other);
    }

    public Tensor lessThan(double number) {
        return Operators.call("lt_number", this, number);
    }

    /// `yes` where these truth values are true, `no` elsewhere.
    public Tensor choose(Tensor yes, Tensor no) {
        return Operators.call("where", this, yes, no);
    }

    public Tensor asFloat() {
        return Operators.call("to_kind", this, HostMemory.FLOAT32);
    }

    public Tensor asDouble() {
        return Operators.call("to_kind", this, HostMemory.FLOAT64);
    }

    /// In the type of another's numbers, so that constants do not lower the precision of what they meet.
    public Tensor asTypeOf(Tensor other) {
        return Operators.call("to_kind_of", this, other);
    }

    public Tensor asLong() {
        return Operators.call("to_kind", this, HostMemory.INT64);
    }
}
