package dev.isogloss.result;

import java.time.Instant;
import java.util.Map;

/// Where a result came from: what does not enter the key, but may matter to who traces a number.
///
/// @param software versions by name: isogloss, jdk, libtorch, image
/// @param device   the processor or GPU, as its maker calls it
/// @param data     SHA-256 by file of everything read, paths as the dataset names them
public record Provenance(
        Instant started,
        Instant finished,
        Map<String, String> software,
        String device,
        int threads,
        Map<String, String> data) {}
