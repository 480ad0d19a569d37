package dev.isogloss.trainer.augment;

import dev.isogloss.api.method.MaskedLanguageModelAugmentation;
import dev.isogloss.trainer.data.Example;
import dev.isogloss.trainer.data.ParsedExample;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.data.TaggedExample;
import dev.isogloss.trainer.data.TextExample;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/// Copies of examples in which some words are replaced: of sentences and texts "successive max", of pairs "successive
/// cross", which puts every copy of one side beside every copy of the other (Bari et al., ACL 2021, section 3.2).
///
/// Code: its `successive_cross` branches over the likeliest pieces of each place of one sentence; the product of two
/// sides, which the paper describes, is not in it.
public final class CopyMaker {
    private final MaskedLanguageModelAugmentation settings;
    private final Tokenizer tokenizer;
    private final SuccessiveMasking masking;
    private final int room;
    private long discarded;

    /// @param tokenizer of the masked language model; what it would cut off is never changed
    public CopyMaker(MaskedLanguageModelAugmentation settings, Tokenizer tokenizer, SuccessiveMasking masking) {
        this.settings = settings;
        this.tokenizer = tokenizer;
        this.masking = masking;
        this.room = tokenizer.maxLength() - tokenizer.specialsAround();
    }

    /// @param first the number of the piece's first example in its split, from 0
    /// @return in the examples' order
    public List<AugmentedCopy> copies(Split piece, long first) {
        List<List<List<Draft>>> sides = new ArrayList<>();
        for (int i = 0; i < piece.size(); i++) sides.add(sides(piece.examples().get(i), first + i));
        Iterator<int[]> filled = masking.fill(sides.stream()
                        .flatMap(List::stream)
                        .flatMap(List::stream)
                        .map(Draft::cloze)
                        .toList())
                .iterator();
        List<AugmentedCopy> copies = new ArrayList<>();
        for (int i = 0; i < piece.size(); i++)
            copies.addAll(copies(
                    piece.language(),
                    piece.examples().get(i),
                    sides.get(i).stream()
                            .map(side -> side.stream()
                                    .map(draft -> draft.filled(filled.next(), tokenizer))
                                    .toList())
                            .toList()));
        return copies;
    }

    /// Copies that were left out because two words had grown into one.
    public long discarded() {
        return discarded;
    }

    /// Of each side of an example the drafts of its copies.
    private List<List<Draft>> sides(Example example, long number) {
        return switch (example) {
            case TaggedExample tagged -> {
                int words = tagged.words().size();
                boolean fits = settings.leastWords() <= words && words <= settings.mostWords();
                yield fits ? List.of(side(Words.of(tagged.words()), number, 0)) : List.of();
            }
            case TextExample text
            when text.second() != null ->
                List.of(side(Words.of(text.text()), number, 0), side(Words.of(text.second()), number, 1));
            case TextExample text -> List.of(side(Words.of(text.text()), number, 0));
            case ParsedExample parsed -> throw new IllegalArgumentException("trees have no copies: " + parsed.id());
        };
    }

    private List<Draft> side(Words words, long number, int side) {
        List<int[]> pieces = inside(words);
        int[] places = places(words, pieces.size());
        int masks = MaskPositions.masks(words.units().size(), settings.share());
        return MaskPositions.draw(places, masks, settings.copies(), settings.seed(), number, side).stream()
                .map(chosen -> new Draft(words, cloze(words, pieces, chosen)))
                .toList();
    }

    private static Cloze cloze(Words words, List<int[]> pieces, int[] chosen) {
        boolean[] lettered = new boolean[chosen.length];
        for (int i = 0; i < chosen.length; i++)
            lettered[i] = words.units().get(chosen[i]).codePoints().anyMatch(Character::isLetterOrDigit);
        return new Cloze(pieces, chosen, lettered, words.spaced());
    }

    /// The pieces of the words that the encoder has room for.
    private List<int[]> inside(Words words) {
        List<int[]> inside = new ArrayList<>();
        int length = 0;
        for (int[] word : tokenizer.pieces(words.units())) {
            int[] pieces = words.spaced() ? word : withoutMark(word);
            length += pieces.length;
            if (length > room) break;
            inside.add(pieces);
        }
        return inside;
    }

    /// What stands amid others without a space does not begin a word.
    private int[] withoutMark(int[] pieces) {
        return pieces.length > 1 && tokenizer.text(pieces[0]).isEmpty()
                ? Arrays.copyOfRange(pieces, 1, pieces.length)
                : pieces;
    }

    private int[] places(Words words, int inside) {
        int[] longer = places(words, inside, words.spaced() ? settings.minCharacters() : 1);
        return longer.length > 0 ? longer : places(words, inside, 1);
    }

    private static int[] places(Words words, int inside, int characters) {
        return IntStream.range(0, inside)
                .filter(i -> {
                    String word = words.units().get(i);
                    return !word.isBlank() && word.codePointCount(0, word.length()) >= characters;
                })
                .toArray();
    }

    /// @param filled of each side its copies
    private List<AugmentedCopy> copies(String language, Example example, List<List<Draft.Filled>> filled) {
        List<AugmentedCopy> copies = new ArrayList<>();
        for (Draft.Filled one : filled.isEmpty() ? List.<Draft.Filled>of() : filled.getFirst())
            switch (example) {
                case TaggedExample _ when one.grown() -> discarded++;
                case TaggedExample _ ->
                    copies.add(new AugmentedCopy(
                            language,
                            id(example, copies),
                            example.id(),
                            null,
                            null,
                            one.words().units(),
                            one.masked(),
                            null));
                case TextExample text
                when text.second() != null -> {
                    for (Draft.Filled other : filled.getLast())
                        copies.add(new AugmentedCopy(
                                language,
                                id(example, copies),
                                example.id(),
                                one.text(),
                                other.text(),
                                null,
                                one.masked(),
                                other.masked()));
                }
                case TextExample _ ->
                    copies.add(new AugmentedCopy(
                            language, id(example, copies), example.id(), one.text(), null, null, one.masked(), null));
                case ParsedExample parsed -> throw new IllegalArgumentException("trees have no copies: " + parsed.id());
            }
        return copies;
    }

    private static String id(Example example, List<AugmentedCopy> before) {
        return example.id() + "#" + (before.size() + 1);
    }
}
