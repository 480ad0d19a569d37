package dev.isogloss.report.benchmark;

/// A cell of a table in a page.
///
/// @param line of the page, from 1
record PublishedCell(String text, int line) {}
