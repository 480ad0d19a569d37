package dev.isogloss.trainer.step.measure;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.method.SynonymCopies;
import dev.isogloss.plan.step.ProjectStep;
import dev.isogloss.plan.step.ProjectStep.ProjectedEncoder;
import dev.isogloss.trainer.analysis.ReadWord;
import dev.isogloss.trainer.analysis.TokenMeans.Stretch;
import dev.isogloss.trainer.augment.Synonyms;
import dev.isogloss.trainer.data.Example;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.data.SynonymDictionary;
import dev.isogloss.trainer.tokenizer.Encoding;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a map shows of some data, encoder by encoder: each has a tokenizer of its own.
///
/// @param splits     by language
/// @param dictionary null where no words are looked up
record SpotFinder(
        ProjectStep spec,
        Map<String, Split> splits,
        @Nullable SynonymDictionary dictionary) {
    private static final String WORD = "word";
    private static final String NEIGHBOUR = "neighbour";
    private static final String TEXT = "text";
    private static final String COPY = "copy";

    /// @throws InvalidInput if there is too little to show, or an example that is not there
    List<Spot> of(ProjectedEncoder encoder, Tokenizer tokenizer) {
        List<String> languages = Stream.concat(Stream.of(spec.source()), encoder.languages().stream())
                .toList();
        List<Spot> spots =
                switch (spec.settings().show()) {
                    case Words -> words(languages, tokenizer);
                    case Texts -> texts(languages, tokenizer);
                    case Synonyms -> synonyms(tokenizer);
                    case Copies -> copies(tokenizer);
                };
        if (spots.size() < 4)
            throw new InvalidInput("spec.stages: project shows %d points, and a map needs 4 at least. %s"
                    .formatted(spots.size(), remedy()));
        return spots;
    }

    private String remedy() {
        return switch (spec.settings().show()) {
            case Words, Copies -> "Name more or longer examples.";
            case Texts ->
                "The split %s has too few examples.".formatted(spec.settings().split());
            case Synonyms ->
                "Hardly a word of split %s of %s stands in the dictionary: is it one of this language?"
                        .formatted(spec.settings().split(), spec.source());
        };
    }

    /// Example by example, so that those of all languages are there as long as there is room.
    private List<Spot> words(List<String> languages, Tokenizer tokenizer) {
        List<Spot> spots = new ArrayList<>();
        for (int number : numbers())
            for (String language : languages)
                for (ReadWord word : ReadWord.of(example(language, number), tokenizer))
                    spots.add(Spot.of(language, number, word));
        return first(spots);
    }

    private List<Spot> texts(List<String> languages, Tokenizer tokenizer) {
        int each = spec.settings().most() / languages.size();
        List<Spot> spots = new ArrayList<>();
        for (String language : languages) {
            Split split = split(language);
            for (int i = 0; i < Math.min(each, split.size()); i++) {
                Example example = split.examples().get(i);
                Encoding text = ReadWord.encoded(example, tokenizer);
                spots.add(Spot.of(language, i + 1, example, new Stretch(text, 0, text.length())));
            }
        }
        return spots;
    }

    /// Each word by itself, beside its first neighbour, in the order in which the split has them.
    private List<Spot> synonyms(Tokenizer tokenizer) {
        Set<String> shown = new HashSet<>();
        List<Spot> spots = new ArrayList<>();
        Split split = split(spec.source());
        for (int i = 0; i < split.size() && hasRoom(spots); i++)
            for (String word :
                    Synonyms.words(split.examples().get(i)).distinct().toList()) {
                String neighbour = firstNeighbour(word);
                if (neighbour == null || !hasRoom(spots) || shown.contains(word) || shown.contains(neighbour)) continue;
                shown.addAll(List.of(word, neighbour));
                int pair = spots.size() / 2 + 1;
                spots.add(alone(WORD, i + 1, pair, word, tokenizer));
                spots.add(alone(NEIGHBOUR, i + 1, pair, neighbour, tokenizer));
            }
        return spots;
    }

    private boolean hasRoom(List<Spot> spots) {
        return spots.size() + 2 <= spec.settings().most();
    }

    /// That is not the word itself.
    private @Nullable String firstNeighbour(String word) {
        return Objects.requireNonNull(dictionary).neighbours().getOrDefault(word, List.of()).stream()
                .filter(neighbour -> !neighbour.equals(word))
                .findFirst()
                .orElse(null);
    }

    private static Spot alone(String group, int example, int pair, String word, Tokenizer tokenizer) {
        Stretch stretch = ReadWord.ofWords(List.of(word), tokenizer).getFirst().stretch();
        return new Spot(group, example, pair, word, null, stretch);
    }

    private List<Spot> copies(Tokenizer tokenizer) {
        Synonyms synonyms = Synonyms.of(
                Objects.requireNonNull(dictionary), SynonymCopies.USUAL, Objects.requireNonNull(spec.seed()));
        List<Spot> spots = new ArrayList<>();
        for (int number : numbers()) {
            Example example = example(spec.source(), number);
            Example copy = synonyms.copy(example, 0, number - 1);
            for (ReadWord word : ReadWord.of(example, tokenizer)) spots.add(Spot.of(TEXT, number, word));
            for (ReadWord word : ReadWord.of(copy, tokenizer)) spots.add(Spot.of(COPY, number, word));
        }
        return first(spots);
    }

    private List<Integer> numbers() {
        return Objects.requireNonNull(spec.settings().examples());
    }

    private List<Spot> first(List<Spot> spots) {
        return spots.subList(0, Math.min(spots.size(), spec.settings().most()));
    }

    private Split split(String language) {
        return Objects.requireNonNull(splits.get(language));
    }

    private Example example(String language, int number) {
        Split split = split(language);
        spec.settings().requireExamples(split.size(), split.file().path().toString());
        return split.examples().get(number - 1);
    }

    /// The pairs among the points of a map whose halves are something else: words and neighbours, words and what
    /// replaces them.
    List<int[]> pairs(List<Spot> spots) {
        if (!spec.settings().readsDictionary()) return List.of();
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i < spots.size(); i++)
            for (int j = i + 1; j < spots.size(); j++)
                if (spots.get(i).isBeside(spots.get(j))
                        && !spots.get(i).text().equals(spots.get(j).text())) pairs.add(new int[] {i, j});
        return pairs;
    }
}
