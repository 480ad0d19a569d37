package dev.isogloss.trainer.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Texts for tests: made-up words of several scripts.
final class SampleTexts {
    private static final String[][] SYLLABLES = {
        {"ka", "ri", "to", "ne", "sul", "mar", "vi"},
        {"да", "ро", "ни", "ке", "сту"},
        {"ق", "را", "مي", "سو"},
        {"日", "本", "語", "の", "文"},
        {"क", "मा", "रि", "नो"},
    };

    private SampleTexts() {}

    static List<String> mixed(int count) {
        Random random = new Random(11);
        List<String> texts = new ArrayList<>();
        for (int t = 0; t < count; t++) {
            String[] syllables = SYLLABLES[t % SYLLABLES.length];
            StringBuilder text = new StringBuilder();
            int words = 3 + random.nextInt(8);
            for (int w = 0; w < words; w++) {
                if (w > 0) text.append(' ');
                int length = 1 + random.nextInt(3);
                for (int s = 0; s < length; s++) text.append(syllables[random.nextInt(syllables.length)]);
            }
            texts.add(text.append(" (").append(random.nextInt(100)).append(").").toString());
        }
        return texts;
    }
}
