package dev.isogloss.trainer.tensor;

import dev.isogloss.api.InvalidInput;
import java.util.Map;

/// A device with memory for tensors. One process computes on one device.
public enum Device {
    CPU("cpu"),
    GPU("cuda:0");

    private final String libtorchName;

    Device(String libtorchName) {
        this.libtorchName = libtorchName;
    }

    /// The GPU where the process brings a libtorch for one (`PYTORCH_FLAVOR`, which images for GPUs set), else the
    /// CPU. `ISOGLOSS_DEVICE=cpu` keeps such an image off the GPU, for steps that ask for none.
    ///
    /// @throws InvalidInput if `ISOGLOSS_DEVICE` says anything else than cpu or gpu
    public static Device ofThisProcess() {
        return of(System.getenv());
    }

    static Device of(Map<String, String> environment) {
        return switch (environment.getOrDefault("ISOGLOSS_DEVICE", "")) {
            case "cpu" -> CPU;
            case "gpu" -> GPU;
            case "" -> environment.getOrDefault("PYTORCH_FLAVOR", "cpu").startsWith("cu") ? GPU : CPU;
            case String other ->
                throw new InvalidInput(
                        "ISOGLOSS_DEVICE is \"%s\"; it can be cpu or gpu. Unset, it is what libtorch".formatted(other)
                                + " was made for.");
        };
    }

    @Override
    public String toString() {
        return libtorchName;
    }
}
