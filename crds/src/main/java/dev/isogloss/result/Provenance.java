package dev.isogloss.result;

import java.time.Instant;
import java.util.Map;

/// The origin of a result: facts that no key holds, for readers who trace a number.
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
