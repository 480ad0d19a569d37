package dev.isogloss.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import java.util.Map;
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
}
