package dev.isogloss.trainer.report;

import dev.isogloss.trainer.figure.Figure;
import java.util.function.Function;

/// A figure before it belongs to anything: what it shows is known, and not yet of whom.
///
/// @param what    it shows, of which its name and its title are made
/// @param of      the figure by its title
/// @param caption a sentence or two
record FigureSketch(String what, Function<String, Figure> of, String caption) {

    /// @param owner whose numbers are shown: the name of an experiment, or words for several
    ReportFigure named(String owner) {
        String name = (owner + "-" + what).replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("-+$", "");
        return new ReportFigure(name, of.apply(owner + ": " + what), caption);
    }
}
