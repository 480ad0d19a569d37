package dev.isogloss.trainer.tensor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/// Named weights in the order they were put, which gradients can be taken for. They belong to no [Scope]: this object
/// owns their memory until it is closed.
public final class Parameters implements AutoCloseable {

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    /// Keeps a copy of `initial`; a weight of that name gives way to it.
    public void put(String name, Tensor initial) {
        Tensor before = tensors.put(name, new Tensor(Operators.single("leaf", initial)));
        if (before != null) {
            before.free();
        }
    }

    /// @throws IllegalArgumentException if there is no weight of that name
    public Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException(
                    "no weight is called %s; there are %s".formatted(name, tensors.keySet()));
        }
        return tensor;
    }

    public boolean contains(String name) {
        return tensors.containsKey(name);
    }

    public void remove(String name) {
        get(name).free();
        tensors.remove(name);
    }

    public Set<String> names() {
        return Collections.unmodifiableSet(tensors.keySet());
    }

    /// The weights themselves, not copies; a map of its own.
    public SequencedMap<String, Tensor> byName() {
        return new LinkedHashMap<>(tensors);
    }

    public List<Tensor> tensors(List<String> names) {
        return names.stream().map(this::get).toList();
    }

    public List<Tensor> tensors() {
        return List.copyOf(tensors.values());
    }

    /// The number of elements of all tensors.
    public long count() {
        return tensors.values().stream().mapToLong(Tensor::count).sum();
    }

    /// An independent copy.
    public Parameters copy() {
        Parameters copy = new Parameters();
        tensors.forEach(copy::put);
        return copy;
    }

    @Override
    public void close() {
        tensors.values().forEach(Tensor::free);
        tensors.clear();
    }
}
