package dev.isogloss.operator.names;

/// Labels, annotations and names on the resources that the operator creates.
public final class Labels {
    /// Labels of Jobs and their pods.
    public static final String NAME = "app.kubernetes.io/name";

    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String TRAINER = "isogloss-trainer";
    public static final String ISOGLOSS = "isogloss";

    /// Label: the name of the TrainingStep that a Job or pod belongs to.
    public static final String STEP = "isogloss.dev/step";

    /// Label: the step's kind.
    public static final String KIND = "isogloss.dev/kind";

    /// Pod annotations that the pod reads as files.
    public static final String SPEC = "isogloss.dev/spec";

    public static final String LOCATIONS = "isogloss.dev/locations";

    public static final String FOLLOW_UPS = "isogloss.dev/follow-ups";

    /// Job annotations: the generation of the step it was created for, and the hash of its pod template and queue.
    public static final String GENERATION = "isogloss.dev/generation";

    public static final String TEMPLATE = "isogloss.dev/template";

    /// Job annotation: there while the operator has suspended the Job. Whoever else suspends one has reasons of their
    /// own, and resumes it.
    public static final String SUSPENDED = "isogloss.dev/suspended";

    /// Annotation of a TrainingStep: the uids of its owners that do not request it to run, separated by commas. The
    /// others do.
    public static final String WITHDRAWN_BY = "isogloss.dev/withdrawn-by";

    /// Annotation of a TrainingStep: the owners that have written its spec, and the last generation of their own for
    /// which they did, as `UID=GENERATION,...`. A failed step is tried once for each.
    public static final String TRIED_BY = "isogloss.dev/tried-by";

    /// Annotation of a TrainingStep: its generation when a Job was made again because the pod of the one before was
    /// gone with the result.
    public static final String REREAD = "isogloss.dev/reread";

    /// Group of our resources, as it stands before the version in an `apiVersion`.
    public static final String GROUP = "isogloss.dev/";

    /// Prefix of the labels that Kueue reads from Jobs.
    public static final String KUEUE = "kueue.x-k8s.io/";

    /// Kueue's label on Jobs that wait in one of its queues.
    public static final String QUEUE = KUEUE + "queue-name";

    /// Name of the container in which the trainer runs.
    public static final String CONTAINER = "trainer";

    /// Selector of the Jobs and pods that the operator created.
    public static final String OURS = MANAGED_BY + "=" + ISOGLOSS;

    private Labels() {}
}
