package dev.isogloss.api.method;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Items;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stage `project`: words or texts as points in the plane, by the vectors that the encoder and the models of the stages
/// before it make of them (Ding et al., COLING 2022, figures 3 to 5). Trains nothing.
@ValidationRule(
        value = "!has(self.languages) || self.show in ['Words', 'Texts']",
        message = Project.LANGUAGES,
        fieldPath = ".languages")
@ValidationRule(
        value = "!has(self.examples) || self.show in ['Words', 'Copies']",
        message = Project.EXAMPLES,
        fieldPath = ".examples")
@ValidationRule(
        value = "!has(self.perplexity) || self.projection == 'TSne'",
        message = Project.PERPLEXITY,
        fieldPath = ".perplexity")
public record Project(
        @Default("Words")
        @Meaning("What the points are: Words (of examples in source and targets), Texts (whole examples in source and "
                + "targets), Synonyms (words of the source and a neighbour of each in the dictionary) or Copies (words "
                + "of the source's examples and of their copies with other words).")
        Show show,

        @Range(min = 0, max = 128)
        @Meaning("The layer whose states are shown; 0 is the embeddings. Without it: the last, of synonyms 0.")
        @Nullable
        Integer layer,

        @Matches(Form.Split) @Default("test") @Meaning("The split that words and texts are of.")
        String split,

        @Items(max = 128, distinct = true)
        @Meaning("With show: Words or Texts, the targets that are shown beside the source. Without it: all.")
        @Nullable
        List<@Matches(Form.Language) String> languages,

        @Items(max = 100, distinct = true)
        @Meaning("With show: Words or Copies, which examples of the split, counted from 1. Without it: the first.")
        @Nullable
        List<@Range(min = 1, max = Limits.EXAMPLES) Integer> examples,

        @Range(min = 4, max = 1000) @Default("300") @Meaning("The most points of a map.")
        int most,

        @Default("TSne")
        @Meaning(
                "How vectors are brought into the plane: TSne (neighbours stay neighbours) or PrincipalComponents (the "
                        + "two axes on which they are spread most; quick, and distances mean something).")
        Projection projection,

        @Range(min = 1, max = 1000)
        @Meaning(
                "With projection: TSne, how many neighbours a point has, roughly. Without it: 30, or a third of the others "
                        + "where they are fewer than 90.")
        @Nullable
        Double perplexity)
        implements Inspection {

    static final String LANGUAGES =
            "languages are those of show: Words and Texts: leave them out, or show one of these";
    static final String EXAMPLES = "examples are those of show: Words and Copies: leave them out, or show one of these";
    static final String PERPLEXITY = "perplexity is one of projection: TSne: leave it out, or write that";

    public Project {
        Bounds.check(Project.class, show, layer, split, languages, examples, most, projection, perplexity);
        if (languages != null && !show.isOfLanguages()) throw new InvalidInput(LANGUAGES + ".");
        if (examples != null && !show.isOfExamples()) throw new InvalidInput(EXAMPLES + ".");
        if (perplexity != null && projection != Projection.TSne) throw new InvalidInput(PERPLEXITY + ".");
        if (languages != null) languages = List.copyOf(languages);
        if (examples != null) examples = List.copyOf(examples);
    }

    /// As a plan holds it: without the languages, which stand beside, with everything filled in that the manifest
    /// leaves open, and with the default wherever a field changes nothing.
    public Project resolved() {
        List<Integer> numbers = !show.isOfExamples()
                ? null
                : examples == null ? List.of(1) : examples.stream().sorted().toList();
        Integer shownLayer = layer == null && show == Show.Synonyms ? Integer.valueOf(0) : layer;
        return new Project(show, shownLayer, split, null, numbers, most, projection, perplexity);
    }

    /// The targets that an encoder is shown with.
    ///
    /// @param known the targets that it is for
    public List<String> shownOf(List<String> known) {
        if (!show.isOfLanguages()) return List.of();
        return languages == null
                ? known
                : known.stream().filter(languages::contains).toList();
    }

    public boolean readsDictionary() {
        return show == Show.Synonyms || show == Show.Copies;
    }

    /// @param layers of an encoder that is shown
    /// @throws InvalidInput if the layer is none of them
    public void requireLayer(int layers) {
        if (layer != null && layer > layers)
            throw new InvalidInput(
                    "spec.stages: project.layer is %d, and the encoder has %d layers. Write one of them, or 0 for the embeddings."
                            .formatted(layer, layers));
    }

    /// @param size how many examples a split has
    /// @param file where it lies
    /// @throws InvalidInput if one of the examples is not there
    public void requireExamples(long size, String file) {
        if (examples == null) return;
        for (int number : examples)
            if (number > size)
                throw new InvalidInput(
                        "spec.stages: project.examples names %d, and %s has %d examples. Write numbers up to that."
                                .formatted(number, file, size));
    }

    /// The things that become points.
    public enum Show {
        Words,
        Texts,
        Synonyms,
        Copies;

        boolean isOfLanguages() {
            return this == Words || this == Texts;
        }

        boolean isOfExamples() {
            return this == Words || this == Copies;
        }
    }

    /// The ways into the plane.
    public enum Projection {
        TSne,
        PrincipalComponents
    }
}
