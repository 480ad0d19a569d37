package dev.isogloss.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.isogloss.api.InvalidInput;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeviceTest {

    @Test
    void an_image_for_gpus_computes_on_one_unless_told_otherwise() {
        assertThat(Device.of(Map.of())).isEqualTo(Device.CPU);
        assertThat(Device.of(Map.of("PYTORCH_FLAVOR", "cu124"))).isEqualTo(Device.GPU);
        assertThat(Device.of(Map.of("PYTORCH_FLAVOR", "cu124", "ISOGLOSS_DEVICE", "cpu")))
                .isEqualTo(Device.CPU);
        assertThatThrownBy(() -> Device.of(Map.of("ISOGLOSS_DEVICE", "tpu")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("ISOGLOSS_DEVICE is \"tpu\"; it can be cpu or gpu.");
    }

    @Test
    void a_missing_driver_is_named_with_what_to_do() {
        assertThatThrownBy(() -> NvidiaDriver.require("libcuda-that-is-not-there.so.1"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith(
                        "There is no NVIDIA driver here: libcuda-that-is-not-there.so.1 cannot be loaded.")
                .hasMessageContaining("nvidia.com/gpu: 1");
    }

    @Test
    void the_variable_that_slows_every_product_is_there_for_the_first_only() throws Throwable {
        assumeThat(System.getenv("CUBLAS_WORKSPACE_CONFIG")).isNull();

        CublasWorkspace.announce();
        assertThat(nativeVariable("CUBLAS_WORKSPACE_CONFIG")).isEqualTo(":4096:8");
        CublasWorkspace.withdraw();
        assertThat(nativeVariable("CUBLAS_WORKSPACE_CONFIG")).isNull();
    }

    /// What native code sees; Java keeps what there was when it started.
    private static @Nullable String nativeVariable(String name) throws Throwable {
        Linker linker = Linker.nativeLinker();
        var getenv = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("getenv"),
                FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            var value = (MemorySegment) getenv.invokeExact(arena.allocateFrom(name));
            return value.address() == 0
                    ? null
                    : value.reinterpret(Long.MAX_VALUE).getString(0);
        }
    }
}
