package dev.isogloss.trainer.method;

import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// One thing an update minimises, and whose parameters step for it.
///
/// Most methods have one objective an update; an adversarial method may have several, stepped in this order, each
/// computed after the one before has stepped.
///
/// @param name     as the curve shows it
/// @param parts    losses of the micro-batches; the objective is their weighted sum
/// @param steps    names of the [ParameterGroup]s that descend
/// @param examples sequences read, for the rates on the screen
/// @param tokens   tokens read without padding, for the same
public record Objective(String name, List<Part> parts, List<String> steps, long examples, long tokens) {

    /// An objective of one batch, or of one in each language.
    @SafeVarargs
    public static Objective of(String name, Supplier<Tensor> loss, List<String> steps, List<Item>... batches) {
        long examples = Stream.of(batches).mapToLong(List::size).sum();
        long tokens = Stream.of(batches).mapToLong(Objective::tokens).sum();
        return new Objective(name, List.of(new Part(1, loss)), steps, examples, tokens);
    }

    /// Tokens of the items, without padding.
    public static long tokens(List<Item> items) {
        return items.stream().mapToLong(Item::length).sum();
    }

    /// @param weight share of the whole objective; all parts' weights sum to 1
    /// @param loss   lazily, so that only one micro-batch's graph exists at a time; shape []
    public record Part(double weight, Supplier<Tensor> loss) {}
}
