package dev.isogloss.api;

/// The quickstart's invented languages: everything here decides what is generated, so it is part of the data's
/// identity.
public record Generated(int trainExamples, int testExamples, int texts, int pairs, long seed) {}
