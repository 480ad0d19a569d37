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

    /// Job annotations: the generation of the step it was created for, and the hash of its pod template and queue.
    public static final String GENERATION = "isogloss.dev/generation";

    public static final String TEMPLATE = "isogloss.dev/template";

    /// Annotations of a TrainingStep, one for each owner, followed by its uid: `true` while the owner requests the step
    /// to run.
    public static final String REQUESTED_BY = "requested-by.isogloss.dev/";

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
