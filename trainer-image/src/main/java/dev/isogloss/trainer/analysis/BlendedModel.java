package dev.isogloss.trainer.analysis;

import static java.util.Objects.requireNonNull;

import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.tensor.Kernels;
import dev.isogloss.trainer.tensor.Parameters;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A model whose weights are those of three models in any proportions. It is always blended from the three themselves,
/// so that nothing adds up from one point to the next.
public final class BlendedModel implements AutoCloseable {
    private final Model live;
    private final List<Parameters> kept;
    private final List<String> encoder;
    private final List<String> head;

    private BlendedModel(Model live, List<Parameters> kept) {
        this.live = live;
        this.kept = kept;
        this.head = List.copyOf(live.headWeights().names());
        List<String> names = new ArrayList<>(live.trainable().keySet());
        names.removeAll(head);
        this.encoder = List.copyOf(names);
    }

    /// Takes the models over: what is not needed of them is freed at once.
    ///
    /// @param models of the source, of the target and of both, from one encoder and one head
    /// @param items  everything that will be read: word tables keep the rows of these alone
    public static BlendedModel of(List<Model> models, List<Item> items) {
        List<Parameters> kept = new ArrayList<>();
        for (Model model : models) {
            model.compact(items);
            Parameters copy = new Parameters();
            kept.add(copy);
            model.trainable().forEach(copy::put);
            if (model != models.getLast()) model.close();
        }
        return new BlendedModel(models.getLast(), List.copyOf(kept));
    }

    /// The same model at every point, for predictions.
    public Model model() {
        return live;
    }

    /// Gives the encoder and the head these proportions. A weight of exactly 1 gives the bits of its model.
    public void blend(ModelBlend ofEncoder, ModelBlend ofHead) {
        blend(encoder, ofEncoder);
        blend(head, ofHead);
    }

    private void blend(List<String> names, ModelBlend weights) {
        Map<String, Tensor> own = live.trainable();
        blend(
                names.stream().map(name -> requireNonNull(own.get(name))).toList(),
                kept.stream().map(each -> each.tensors(names)).toList(),
                weights);
    }

    /// @param into what becomes the blend
    /// @param from the same weights of the source's model, of the target's and of that of both
    static void blend(List<Tensor> into, List<List<Tensor>> from, ModelBlend weights) {
        double[] factors = {weights.source(), weights.target(), weights.both()};
        boolean begun = false;
        for (int i = 0; i < factors.length; i++) {
            if (factors[i] == 0) continue;
            if (begun) Kernels.add(into, from.get(i), factors[i]);
            else {
                for (int k = 0; k < into.size(); k++)
                    into.get(k).assign(from.get(i).get(k));
                if (factors[i] != 1) Kernels.scale(into, factors[i]);
                begun = true;
            }
        }
    }

    @Override
    public void close() {
        kept.forEach(Parameters::close);
        live.close();
    }
}
