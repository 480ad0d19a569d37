package dev.isogloss.trainer.method.robust;

import dev.isogloss.api.method.RandomizedSmoothing;
import dev.isogloss.trainer.method.finetune.AuxiliaryObjective;
import dev.isogloss.trainer.task.Batch;
import dev.isogloss.trainer.tensor.Tensor;

/// RS-RP (Huang et al., 2021): the first layer reads embeddings with noise, and the loss is the task's alone.
public final class SmoothingNoise implements AuxiliaryObjective {
    private final Noise noise;

    public SmoothingNoise(RandomizedSmoothing settings, long seed) {
        this.noise = new Noise(settings.noise(), settings.distribution(), seed);
    }

    @Override
    public Tensor embeddings(Tensor embedded, Batch batch, Micro micro) {
        return noise.on(embedded, batch.tokens(), micro.number());
    }
}
