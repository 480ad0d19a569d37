package dev.isogloss.trainer.data;

import java.util.List;

/// A sentence in words with its dependency tree.
///
/// @param tags      the universal part of speech of each word
/// @param heads     the head of each word, counted from 1; 0 for the root
/// @param relations the relation of each word to its head, subtypes included (`nsubj:pass`)
public record ParsedExample(
        String id, List<String> words, List<String> tags, List<Integer> heads, List<String> relations)
        implements Example {

    public ParsedExample {
        words = List.copyOf(words);
        tags = List.copyOf(tags);
        heads = List.copyOf(heads);
        relations = List.copyOf(relations);
        if (tags.size() != words.size() || heads.size() != words.size() || relations.size() != words.size())
            throw new IllegalArgumentException("sentence %s has %d words, %d tags, %d heads and %d relations"
                    .formatted(id, words.size(), tags.size(), heads.size(), relations.size()));
    }

    /// The relations without their subtypes, which treebanks name as they like: `nsubj` of `nsubj:pass`.
    public List<String> universalRelations() {
        return relations.stream().map(ParsedExample::universal).toList();
    }

    private static String universal(String relation) {
        int colon = relation.indexOf(':');
        return colon < 0 ? relation : relation.substring(0, colon);
    }

    @Override
    public String wholeText() {
        return String.join(" ", words);
    }
}
