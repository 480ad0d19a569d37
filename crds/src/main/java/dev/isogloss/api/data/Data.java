package dev.isogloss.api.data;

import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Items;
import dev.isogloss.api.schema.Keys;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import io.fabric8.generator.annotation.Default;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The labelled data of an experiment.
public record Data(
        @Matches(Form.Name)
        @Meaning("Name of the dataset. With version it says which data was used, and is part of every result's "
                + "identity.")
        String name,

        @Matches(Form.Name)
        @Default("1")
        @Meaning("Version of the dataset: change it whenever the files change. Default \"1\".")
        String version,

        @Default("JsonLines")
        @Meaning("How the files are laid out: JsonLines, TabSeparated, Xnli, PawsX, WikiAnn, Conll, ConllU or Marc. "
                + "Default JsonLines; without meaning for generated data.")
        DataFormat format,

        @Meaning("Where the files lie; {language} and {split} in the path are filled in.")
        Location location,

        @Meaning("Names of the fields (JsonLines) or columns (TabSeparated with a header). Without it: text, text2 "
                + "(pairs), label and id.")
        @Nullable
        Fields fields,

        @Keys(max = 128, length = 32)
        @Meaning("Splits that are cut from other files, by split: train, dev and test are the files of that name "
                + "unless said here.")
        @Nullable
        Map<String, SplitSource> splits,

        @Items(max = 128, keyedBy = "language")
        @Meaning("Languages whose files lie elsewhere or are split otherwise.")
        @Nullable
        List<LanguageFiles> languages) {

    public Data {
        Bounds.check(Data.class, name, version, format, location, fields, splits, languages);
        if (splits != null) splits = Bounds.copy(splits);
        if (languages != null) languages = List.copyOf(languages);
    }

    /// The languages whose files lie elsewhere, none where the field is left out.
    public List<LanguageFiles> languagesOrNone() {
        return languages == null ? List.of() : languages;
    }
}
