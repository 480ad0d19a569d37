package dev.isogloss.trainer.tokenizer;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.trainer.tokenizer.WordCounts.Word;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// A trainer of WordPiece vocabularies as BERT uses them: pieces by merges of frequent neighbours (as Hugging Face's
/// trainer does it, not by likelihood as Schuster & Nakajima, ICASSP 2012), encoded by the longest match.
public final class WordPieceTrainer {
    static final List<String> SPECIALS = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

    /// Characters of the longest word that is looked at, in training as in encoding: what is longer (an address, a text
    /// without spaces) is unknown as a whole.
    static final int LONGEST_WORD = 100;

    private WordPieceTrainer() {}

    /// @param texts          read once
    /// @param vocabularySize how many tokens at most, special tokens included
    /// @param lowercase      whether letters lose case and accents
    /// @param notes          receives remarks for the user
    /// @return the content of a `tokenizer.json`
    public static String train(Iterable<String> texts, int vocabularySize, boolean lowercase, Consumer<String> notes) {
        WordCounts counts = new WordCounts();
        long[] tooLong = new long[1];
        BertWords reader = new BertWords(lowercase, word -> {
            if (word.codePointCount(0, word.length()) <= LONGEST_WORD) counts.add(word);
            else tooLong[0]++;
        });
        texts.forEach(reader::read);
        List<Word> words = counts.sorted();
        if (tooLong[0] > 0) notes.accept(left(tooLong[0]));
        if (words.isEmpty() && tooLong[0] > 0)
            throw new InvalidInput("All words of the texts have more than %d characters, from which WordPiece learns"
                            .formatted(LONGEST_WORD)
                    + " nothing. Set encoder.fromPretraining.tokenizer.type to Unigram.");
        if (words.isEmpty()) throw new InvalidInput("The texts hold no word: no tokenizer can be trained on them.");
        // A character may take two tokens, at the start of a word and inside: a third leaves room for longer pieces.
        List<Integer> alphabet = WordCounts.alphabet(words, Math.max(1, vocabularySize / 3));
        List<String> symbols = new Merges(SPECIALS, alphabet, words).until(vocabularySize);
        List<String> vocabulary = symbols.size() > vocabularySize ? shortened(symbols, vocabularySize) : symbols;
        if (vocabulary.size() < vocabularySize)
            notes.accept("The texts have no more than %,d pieces that occur twice; %,d were asked for."
                    .formatted(vocabulary.size(), vocabularySize));
        return TokenizerJson.wordPiece(vocabulary, lowercase);
    }

    private static String left(long words) {
        return ("%,d words of the texts have more than %d characters; WordPiece learns nothing from them and reads each"
                        + " as one unknown piece. For a script without spaces set tokenizer.type to Unigram.")
                .formatted(words, LONGEST_WORD);
    }

    /// Characters alone can be more than there is room for; the first ones stay.
    private static List<String> shortened(List<String> symbols, int size) {
        Set<String> kept = new HashSet<>(symbols.subList(0, Math.max(size, SPECIALS.size())));
        return new ArrayList<>(symbols.stream().filter(kept::contains).toList());
    }
}
