package dev.isogloss.trainer.report;

import dev.isogloss.trainer.figure.Figure;

/// A figure of a report.
///
/// @param name    of its files, without an ending
/// @param caption what it shows, a sentence or two
public record ReportFigure(String name, Figure figure, String caption) {}
