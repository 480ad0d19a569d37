package dev.isogloss.trainer.store;

/// One file of a committed step, as `files.json` lists it.
public record StoredFile(long bytes, String sha256) {}
