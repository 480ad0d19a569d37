package dev.isogloss.operator.names;

/// Reasons of conditions and events: one word for programs.
public enum Reason {
    // An experiment.
    PlanMade,
    SpecInvalid,
    StepsRunning,
    StepsPending,
    StepsStopping,
    Refused,
    AllStepsSucceeded,
    StepFailed,
    StepStarted,
    StepReused,
    StepReleased,
    RoundComplete,
    SystemComplete,

    // A step on its way.
    JobCreated,
    JobResumed,
    JobReplaced,
    JobRemoved,
    JobRefused,
    FormerPodLeaving,
    PodPending,
    PodStartDelayed,
    PodRefused,
    Unschedulable,
    ImagePull,
    ContainerConfig,
    Queued,
    Retrying,
    PodRunning,
    Stopping,

    // A step's end.
    ResultRecorded,
    ResultReused,
    ResultMissing,
    InvalidInput,
    OutOfDeviceMemory,
    OutOfMemory,
    DeadlineExceeded,
    RetriesExhausted,
    NameTaken,

    // Either.
    SuspendRequested,
    NotSuspended,
    NotFailed,
    NotComplete,
    Ended,
    ResultsShortened
}
