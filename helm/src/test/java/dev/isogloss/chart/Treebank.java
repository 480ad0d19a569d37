package dev.isogloss.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/// Invented sentences of a subject, a verb and an object as CoNLL-U, in two languages that put the verb elsewhere.
final class Treebank {
    private static final Map<String, List<Integer>> ORDERS =
            Map.of("qal", List.of(0, 1, 2, 3, 4), "qen", List.of(0, 1, 3, 4, 2));

    private static final List<String> TAGS = List.of("DET", "NOUN", "VERB", "DET", "NOUN");
    private static final List<String> RELATIONS = List.of("det", "nsubj", "root", "det", "obj");
    private static final List<Integer> HEADS = List.of(1, 2, -1, 4, 2); // places among the five

    private Treebank() {}

    /// `FOLDER/qal/train.conllu` and so on.
    static void write(Path folder) throws IOException {
        for (String language : ORDERS.keySet())
            for (Map.Entry<String, Integer> split :
                    Map.of("train", 80, "dev", 20, "test", 20).entrySet()) {
                Random random = new Random((language + split.getKey()).hashCode());
                StringBuilder text = new StringBuilder();
                for (int i = 0; i < split.getValue(); i++) text.append(sentence(language, random));
                Path file = folder.resolve(language).resolve(split.getKey() + ".conllu");
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            }
    }

    private static String sentence(String language, Random random) {
        List<Integer> order = ORDERS.get(language);
        StringBuilder lines = new StringBuilder();
        for (int place = 0; place < order.size(); place++) {
            int what = order.get(place);
            String word = language.substring(1) + TAGS.get(what).toLowerCase(Locale.ROOT) + random.nextInt(9);
            int head = HEADS.get(what) < 0 ? 0 : order.indexOf(HEADS.get(what)) + 1;
            lines.append("%d\t%s\t_\t%s\t_\t_\t%d\t%s\t_\t_\n"
                    .formatted(place + 1, word, TAGS.get(what), head, RELATIONS.get(what)));
        }
        return lines.append('\n').toString();
    }
}
