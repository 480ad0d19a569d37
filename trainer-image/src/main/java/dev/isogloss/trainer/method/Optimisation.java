package dev.isogloss.trainer.method;

import java.util.List;

/// The optimisation of a training, fixed from its start.
///
/// @param groups          all that is trained, in a fixed order
/// @param updates         in all, > 0
/// @param updatesPerEpoch > 0; the distance of two scored checkpoints unless the manifest sets one
public record Optimisation(List<ParameterGroup> groups, long updates, long updatesPerEpoch) {}
