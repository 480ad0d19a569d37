package dev.isogloss.trainer.data;

import java.nio.file.Path;

/// A file that was read, and what was in it.
///
/// @param name   its path as the dataset names it: placeholders filled, without where the dataset lies
/// @param sha256 of its bytes as they lie on the disk, 64 lower-case hex digits
/// @param bytes  its length
public record SourceFile(String name, Path path, String sha256, long bytes) {}
