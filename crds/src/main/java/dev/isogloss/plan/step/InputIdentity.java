package dev.isogloss.plan.step;

/// What an input from outside the store stands for. Two inputs of one identity have the same bytes: the store holds
/// them to that.
///
/// @param location the name of its place in [dev.isogloss.api.cluster.Locations]: data, corpus, pairs, dictionary, or
///     encoder/NAME
public record InputIdentity(String location, String name, String version) {}
