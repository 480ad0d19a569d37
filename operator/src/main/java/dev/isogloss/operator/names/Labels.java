package dev.isogloss.operator.names;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Labels, annotations and names on what the operator makes.
public final class Labels {
    /// Labels of Jobs and their pods.
    public static final String NAME = "app.kubernetes.io/name";

    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String TRAINER = "isogloss-trainer";
    public static final String ISOGLOSS = "isogloss";

    /// Label: the name of the TrainingStep that a Job or pod belongs to.
    public static final String STEP = "isogloss.dev/step";

    /// Label: its kind.
    public static final String KIND = "isogloss.dev/kind";

    /// Pod annotations that the pod reads as files.
    public static final String SPEC = "isogloss.dev/spec";

    public static final String LOCATIONS = "isogloss.dev/locations";

    /// Job annotations: which generation of the step it was made for, and what its pod template and queue hash to.
    public static final String GENERATION = "isogloss.dev/generation";

    public static final String TEMPLATE = "isogloss.dev/template";

    /// Annotations of a TrainingStep, one for each owner, followed by its uid: `true` while the owner wants it to run.
    public static final String WANTED = "wanted.isogloss.dev/";

    /// What labels start with that Kueue reads from Jobs.
    public static final String KUEUE = "kueue.x-k8s.io/";

    /// Kueue's label on Jobs that wait in one of its queues.
    public static final String QUEUE = KUEUE + "queue-name";

    /// Name of the container that works.
    public static final String CONTAINER = "trainer";

    /// Selects what the operator made.
    public static final String OURS = MANAGED_BY + "=" + ISOGLOSS;

    private static final int LONGEST_MESSAGE = 4096;
    private static final String ELLIPSIS = " …";
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\n\t]]");

    private Labels() {}

    /// As much of a sentence as a condition's message may hold: so many bytes, whatever it is written in, for a status
    /// must stay small. What a terminal would act on is left out.
    public static String clip(String sentence) {
        String plain = CONTROL.matcher(sentence).replaceAll(" ");
        if (plain.length() * 3L <= LONGEST_MESSAGE || bytes(plain) <= LONGEST_MESSAGE) return plain;
        int end = 0;
        int weight = ELLIPSIS.getBytes(StandardCharsets.UTF_8).length;
        while (weight <= LONGEST_MESSAGE) {
            int point = plain.codePointAt(end);
            weight += bytes(Character.toString(point));
            if (weight <= LONGEST_MESSAGE) end += Character.charCount(point);
        }
        return plain.substring(0, end) + ELLIPSIS;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    public static String clip(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - ELLIPSIS.length()) + ELLIPSIS;
    }
}
