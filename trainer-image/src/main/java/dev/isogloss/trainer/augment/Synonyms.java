package dev.isogloss.trainer.augment;

import dev.isogloss.api.method.SynonymCopies;
import dev.isogloss.trainer.data.Example;
import dev.isogloss.trainer.data.ParsedExample;
import dev.isogloss.trainer.data.SynonymDictionary;
import dev.isogloss.trainer.data.TaggedExample;
import dev.isogloss.trainer.data.TextExample;
import dev.isogloss.trainer.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Copies of examples in which each word that has neighbours in a dictionary is one of them or itself, all equally
/// likely (Ding et al., COLING 2022, section 2.3; authors' code, `perturb.py`). Labels stay.
///
/// Words of a text are what stands between single blanks, and are looked up as they are written: `word.` and `Word` are
/// not `word`. A draw is named by copy, example and half of a pair, so that copies do not depend on how many are made.
public final class Synonyms {
    private final Map<String, List<String>> choices;
    private final long seed;

    private Synonyms(Map<String, List<String>> choices, long seed) {
        this.choices = choices;
        this.seed = seed;
    }

    /// @param seed of the draws; which words are looked up is drawn by `settings.dictionarySeed`
    public static Synonyms of(SynonymDictionary dictionary, SynonymCopies settings, long seed) {
        List<String> words = List.copyOf(dictionary.neighbours().keySet());
        int kept = (int) Math.floor(settings.dictionaryScale() * words.size() + 1e-9);
        int[] order = RandomStream.of(settings.dictionarySeed(), "dictionary").permutation(words.size());
        Map<String, List<String>> choices = new LinkedHashMap<>();
        for (int place : Arrays.copyOf(order, kept)) {
            List<String> neighbours = dictionary.neighbours().getOrDefault(words.get(place), List.of());
            if (neighbours.isEmpty()) continue;
            List<String> choice = new ArrayList<>(List.of(words.get(place)));
            choice.addAll(neighbours);
            choices.put(words.get(place), List.copyOf(choice));
        }
        return new Synonyms(choices, seed);
    }

    /// @param copy   counted from 0
    /// @param number of the example in its split
    public Example copy(Example example, int copy, int number) {
        return switch (example) {
            case TextExample text ->
                new TextExample(
                        text.id(),
                        String.join(" ", drawn(words(text.text()), copy, number, 0)),
                        text.second() == null ? null : String.join(" ", drawn(words(text.second()), copy, number, 1)),
                        text.label());
            case TaggedExample sentence ->
                new TaggedExample(sentence.id(), drawn(sentence.words(), copy, number, 0), sentence.tags());
            case ParsedExample tree ->
                new ParsedExample(
                        tree.id(), drawn(tree.words(), copy, number, 0), tree.tags(), tree.heads(), tree.relations());
        };
    }

    /// The share of the words of examples that may be replaced, 0 to 1; NaN of none.
    public double coverage(Stream<Example> examples) {
        long[] counts = new long[2];
        examples.flatMap(Synonyms::words).forEach(word -> {
            counts[0]++;
            if (choices.containsKey(word)) counts[1]++;
        });
        return (double) counts[1] / counts[0];
    }

    /// The words of an example as they are looked up.
    public static Stream<String> words(Example example) {
        return switch (example) {
            case TextExample text ->
                Stream.concat(
                                words(text.text()).stream(),
                                text.second() == null ? Stream.of() : words(text.second()).stream())
                        .filter(word -> !word.isEmpty());
            case TaggedExample sentence -> sentence.words().stream();
            case ParsedExample tree -> tree.words().stream();
        };
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.split(" ", -1));
    }

    private List<String> drawn(List<String> words, int copy, int number, int half) {
        RandomStream random = RandomStream.of(seed, "synonyms", copy, number, half);
        List<String> drawn = new ArrayList<>(words.size());
        for (String word : words) {
            List<String> choice = choices.get(word);
            drawn.add(choice == null ? word : choice.get(random.nextInt(choice.size())));
        }
        return drawn;
    }
}
