package dev.isogloss.report;

/// Formats of a summary.
public enum Format {
    /// Aligned columns for a terminal.
    Table,
    /// One line a row, decimals in full.
    Csv,
    /// A list of objects, decimals in full.
    Json,
    /// A table for a README.
    Markdown,
    /// A booktabs table for a paper: languages as columns.
    Latex;

    public String render(Summary summary) {
        return switch (this) {
            case Table -> Tables.aligned(summary);
            case Csv -> Tables.csv(summary);
            case Json -> Tables.json(summary);
            case Markdown -> Tables.markdown(summary);
            case Latex -> LatexTable.of(summary);
        };
    }
}
