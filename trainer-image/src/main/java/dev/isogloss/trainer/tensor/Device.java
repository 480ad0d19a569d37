package dev.isogloss.trainer.tensor;

/// Where tensors live. One process computes on one device.
public enum Device {
    CPU("cpu"),
    GPU("cuda:0");

    private final String libtorchName;

    Device(String libtorchName) {
        this.libtorchName = libtorchName;
    }

    @Override
    public String toString() {
        return libtorchName;
    }
}
