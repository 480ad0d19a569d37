package dev.isogloss.trainer.store;

import java.nio.file.Path;

/// An encoder that a store keeps, on this machine.
///
/// @param folder with the files that `copy` lists
public record KeptEncoder(EncoderCopy copy, Path folder) {}
