package dev.isogloss.trainer.loop;

import dev.isogloss.api.method.Optimiser;
import dev.isogloss.trainer.method.ParameterGroup;
import dev.isogloss.trainer.tensor.Kernels;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Adam with decoupled weight decay: Loshchilov & Hutter, ICLR 2019, Algorithm 2.
///
///     m ← β₁m + (1−β₁)g      v ← β₂v + (1−β₂)g²
///     θ ← θ − η·λθ − η · m/(1−β₁ᵗ) / (√(v/(1−β₂ᵗ)) + ε)
///
/// Biases and LayerNorm weights are not decayed. Moments live as long as this object's scope.
final class AdamW {
    private final ParameterGroup group;
    private final List<Slot> decayed = new ArrayList<>();
    private final List<Slot> plain = new ArrayList<>();
    private final Map<String, Slot> slots = new LinkedHashMap<>();

    private record Slot(int index, Tensor parameter, Tensor m, Tensor v, Tensor step) {}

    AdamW(ParameterGroup group) {
        this.group = group;
        group.parameters().forEach((name, parameter) -> {
            Slot slot = new Slot(
                    slots.size(),
                    parameter,
                    Tensor.zeros(parameter.shape()),
                    Tensor.zeros(parameter.shape()),
                    Tensor.zeros());
            slots.put(name, slot);
            (ParameterGroup.isDecayed(name) ? decayed : plain).add(slot);
        });
    }

    ParameterGroup group() {
        return group;
    }

    List<Tensor> parameters() {
        return List.copyOf(group.parameters().values());
    }

    /// @param gradients one per parameter, in the group's order; clipped in place
    /// @param update    counted from 0
    /// @param skip      of shape []: 1 leaves everything as it is
    void step(List<Tensor> gradients, long update, Tensor skip) {
        Optimiser settings = group.optimiser();
        if (settings.clipNorm() > 0) Kernels.clipNorm(gradients, settings.clipNorm());
        step(decayed, gradients, group.rate().at(update), group.weightDecay(), skip);
        step(plain, gradients, group.rate().at(update), 0, skip);
    }

    private void step(List<Slot> slots, List<Tensor> gradients, double rate, double decay, Tensor skip) {
        if (slots.isEmpty()) return;
        Optimiser settings = group.optimiser();
        Kernels.adamw(
                slots.stream().map(Slot::parameter).toList(),
                slots.stream().map(slot -> gradients.get(slot.index())).toList(),
                slots.stream().map(Slot::m).toList(),
                slots.stream().map(Slot::v).toList(),
                slots.stream().map(Slot::step).toList(),
                rate,
                settings.beta1(),
                settings.beta2(),
                decay,
                settings.epsilon(),
                skip);
    }

    /// Parameters, moments and step counts by name: what a checkpoint holds of this group.
    Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        slots.forEach((name, slot) -> {
            String path = group.name() + "/" + name;
            state.put("parameter/" + path, slot.parameter());
            state.put("m/" + path, slot.m());
            state.put("v/" + path, slot.v());
            state.put("step/" + path, slot.step());
        });
        return state;
    }
}
