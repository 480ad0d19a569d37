package dev.isogloss.trainer.step.inputs;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Location;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.plan.step.CorpusIdentity;
import dev.isogloss.plan.step.Input;
import dev.isogloss.plan.step.TranslationInputs;
import dev.isogloss.trainer.data.Example;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.SourceFile;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.data.TextExample;
import dev.isogloss.trainer.data.Translation;
import dev.isogloss.trainer.data.TranslationReader;
import dev.isogloss.trainer.data.TranslationReader.Translations;
import dev.isogloss.trainer.data.toy.ToyLanguages;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.store.Identity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// D_bi: the labelled texts that count as translated, each with its translations.
///
/// A text's label is the one its pair has, else that of the training example with the same words; a text without either
/// is left out. Of the others, those with translations into most languages are taken first, among equals an even draw.
///
/// @param texts in the order in which they were drawn
public record BilingualTexts(List<Text> texts) {

    /// @param translations by language, one each
    public record Text(TextExample source, Map<String, TextExample> translations) {}

    /// @param gold where labels are looked up
    /// @throws InvalidInput if no translated text has a label of the task
    public static BilingualTexts read(
            TranslationInputs asked, TaskType task, List<Split> gold, LabelSet labels, long seed, StepInputs inputs) {
        Translations read = translations(asked.corpus(), task, inputs);
        Map<String, String> known = known(gold);
        Map<String, Text> texts = new LinkedHashMap<>();
        int unlabelled = 0;
        for (List<Translation> language : read.translations().values())
            for (Translation translation : language) {
                String label = label(translation.source(), known);
                if (label == null || labels.indexOf(label) < 0) unlabelled++;
                else
                    texts.computeIfAbsent(
                                    translation.id(),
                                    _ -> new Text(labelled(translation.source(), label), new TreeMap<>()))
                            .translations()
                            .putIfAbsent(translation.language(), labelled(translation.target(), label));
            }
        if (unlabelled > 0)
            inputs.journal()
                    .note("%,d translations are left out: neither their pair nor a training example says their label"
                            .formatted(unlabelled));
        if (texts.isEmpty())
            throw new InvalidInput(
                    ("No translation of corpus %s into %s has a label: give the lines of its pairs the field"
                                    + " \"label\", or let their sources be texts of the training split.")
                            .formatted(asked.corpus().name(), asked.languages()));
        return new BilingualTexts(drawn(List.copyOf(texts.values()), asked.maxTexts(), seed));
    }

    private static List<Text> drawn(List<Text> texts, int most, long seed) {
        int[] order = RandomStream.of(seed, "translations").permutation(texts.size());
        return IntStream.of(order)
                .mapToObj(texts::get)
                .sorted(Comparator.comparingInt(text -> -text.translations().size()))
                .limit(most)
                .toList();
    }

    private static Translations translations(CorpusIdentity corpus, TaskType task, StepInputs inputs) {
        if (corpus.generated() != null) {
            Map<String, List<Translation>> made = new LinkedHashMap<>();
            for (String language : corpus.languages()) {
                List<Translation> of = ToyLanguages.of(corpus.generated()).translations(language);
                if (!of.isEmpty()) made.put(language, of);
            }
            return new Translations(made, List.of(), List.of());
        }
        Location pairs = new Input.Translations(corpus)
                .in(inputs.locations())
                .orElseThrow(() -> new IllegalStateException(
                        "the plan reads pairs of corpus " + corpus.name() + ", but says not where"));
        Translations read = TranslationReader.read(pairs, corpus.languages(), task.readsPairs(), inputs.claims());
        read.notes().forEach(inputs.journal()::noteOnce);
        Map<String, String> sums = new TreeMap<>();
        for (SourceFile file : read.files()) sums.put(file.name(), file.sha256());
        inputs.read(new Identity(Identity.Kind.Corpus, corpus.name(), corpus.version()), sums);
        return read;
    }

    private static Map<String, String> known(List<Split> gold) {
        Map<String, String> known = new HashMap<>();
        for (Split split : gold)
            for (Example example : split.examples())
                if (example instanceof TextExample text && text.label() != null)
                    known.putIfAbsent(text.wholeText(), Objects.requireNonNull(text.label()));
        return known;
    }

    private static @Nullable String label(TextExample source, Map<String, String> known) {
        return source.label() != null ? source.label() : known.get(source.wholeText());
    }

    private static TextExample labelled(TextExample text, String label) {
        return new TextExample(text.id(), text.text(), text.second(), label);
    }

    /// All translations as a split to learn from.
    public Split translations() {
        List<Example> all = new ArrayList<>();
        for (Text text : texts) all.addAll(text.translations().values());
        return split("translations", all);
    }

    /// The source texts alone.
    public Split sources() {
        return split("translated", texts.stream().<Example>map(Text::source).toList());
    }

    private static Split split(String name, List<Example> examples) {
        return Split.of("translated", name, examples, new SourceFile(name, java.nio.file.Path.of(name), "", 0));
    }
}
