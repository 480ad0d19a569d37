package dev.isogloss.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.encoder.Precision;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TensorTest {

    private Scope scope = Scope.open();

    @BeforeEach
    void open() {
        scope.close();
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void arithmetic_stretches_operands_and_leaves_them_as_they_were() {
        Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);

        assertThat(x.plus(Tensor.of(new float[] {10, 20}, 2)).toFloats()).containsExactly(11, 22, 13, 24);
        assertThat(x.times(3).minus(1).dividedBy(2).toFloats()).containsExactly(1, 2.5f, 4, 5.5f);
        assertThat(x.matmul(x).toFloats()).containsExactly(7, 10, 15, 22);
        assertThat(x.toFloats()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void shapes_axes_and_rows() {
        Tensor x = Tensor.arange(6).reshape(2, 3);

        assertThat(x.transpose(0, 1).shape()).containsExactly(3, 2);
        assertThat(x.select(1, 2).toLongs()).containsExactly(2, 5);
        assertThat(x.slice(1, 1, 3).toLongs()).containsExactly(1, 2, 4, 5);
        assertThat(x.rows(Tensor.of(new long[] {1, 1}, 2)).toLongs()).containsExactly(3, 4, 5, 3, 4, 5);
        assertThat(Tensor.concat(0, List.of(x, x)).size(0)).isEqualTo(4);
        assertThat(Tensor.stack(0, List.of(x, x)).shape()).containsExactly(2, 2, 3);
        assertThat(x.size(-1)).isEqualTo(3);
    }

    @Test
    void truth_values_become_zero_and_one() {
        Tensor x = Tensor.of(new float[] {-1, 0, 1}, 3);

        assertThat(x.greaterThan(0).asFloat().toFloats()).containsExactly(0, 0, 1);
        assertThat(x.equalTo(Tensor.scalar(0)).choose(Tensor.scalar(5), x).toFloats())
                .containsExactly(-1, 5, 1);
    }

    @Test
    void log_sum_exp_does_not_overflow() {
        Tensor x = Tensor.of(new float[] {1000, 1000}, 1, 2);

        assertThat(x.logSumExp(1).toDouble()).isCloseTo(1000 + Math.log(2), within(1e-3));
    }

    @Test
    void cross_entropy_ignores_what_it_is_told_to_and_smooths() {
        Tensor logits = Tensor.of(new float[] {1, 2, 3, 9, 9, 9}, 2, 3);
        Tensor labels = Tensor.of(new long[] {0, Losses.IGNORED}, 2);
        double logZ = Math.log(Math.exp(1) + Math.exp(2) + Math.exp(3));

        assertThat(Losses.crossEntropy(logits, labels, 0, Losses.IGNORED).toDouble())
                .isCloseTo(logZ - 1, within(1e-6));
        assertThat(Losses.crossEntropy(logits, labels, 0.3, Losses.IGNORED).toDouble())
                .isCloseTo(0.7 * (logZ - 1) + 0.3 * (logZ - 2), within(1e-6));
        assertThat(Losses.crossEntropyEach(logits, labels, 0, Losses.IGNORED).toFloats()[1])
                .isZero();
    }

    @Test
    void a_batch_without_any_label_costs_nothing_and_is_no_nan() {
        Tensor labels = Tensor.of(new long[] {Losses.IGNORED}, 1);

        assertThat(Losses.crossEntropy(Tensor.ones(1, 3), labels, 0, Losses.IGNORED)
                        .toDouble())
                .isZero();
    }

    @Test
    void doubles_keep_their_precision() {
        assertThat(Tensor.of(new double[] {1e-12, 1}, 2).sum().toDouble()).isEqualTo(1 + 1e-12);
    }

    @Test
    void an_error_of_the_engine_names_the_operator_and_the_shapes() {
        assertThatThrownBy(() -> Tensor.ones(2, 3).matmul(Tensor.ones(2, 3)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("matmul([2, 3], [2, 3])")
                .hasMessageContaining("cannot be multiplied");
    }

    @Test
    void too_much_memory_is_an_error_with_advice() {
        assertThatThrownBy(() -> Tensor.zeros(1L << 50))
                .isInstanceOf(OutOfDeviceMemory.class)
                .hasMessageContaining("Make the batches smaller");
    }

    @Test
    void the_engine_says_what_it_runs_on() {
        assertThat(Engine.versions()).containsKeys("libtorch", "djl", "jdk", "device");
        assertThat(Engine.describeDevice()).matches("cpu, \\d+ threads, .+|cuda:0, NVIDIA .+");
        assertThat(Engine.peakMemoryBytes()).isNotNegative();
        assertThat(Engine.precisionFor(Precision.Float32)).isEqualTo(Precision.Float32);
        Device other = Engine.device() == Device.CPU ? Device.GPU : Device.CPU;
        assertThatThrownBy(() -> Engine.start(0, other, true)).hasMessageContaining("cannot move to " + other);
    }
}
