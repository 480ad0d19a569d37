package dev.isogloss.trainer.tensor;

/// Where tensors live. One process computes on one device.
public enum Device {
    CPU("cpu"),
    GPU("cuda:0");

    private final String libtorchName;

    Device(String libtorchName) {
        this.libtorchName = libtorchName;
    }

    /// The GPU where the process brings a libtorch for one (`PYTORCH_FLAVOR`, which images for GPUs set), else the
    /// CPU.
    public static Device ofThisProcess() {
        return System.getenv().getOrDefault("PYTORCH_FLAVOR", "cpu").startsWith("cu") ? GPU : CPU;
    }

    @Override
    public String toString() {
        return libtorchName;
    }
}
