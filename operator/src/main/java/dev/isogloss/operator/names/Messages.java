package dev.isogloss.operator.names;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Sentences that a user of the cluster reads in conditions and events. Those of a step have the step, its Job or
/// its pod as their subject; `%s` stands for a name, a number or another sentence.
public final class Messages {
    // A step's Job: the reasons for what is done to it.
    public static final String INPUTS_DONE = "its inputs are done and nothing of it runs yet";
    public static final String NOT_REQUESTED = "no experiment requests it";
    public static final String STEP_SUSPENDED = "spec.suspend is true";
    public static final String REQUESTED_AGAIN = "it is requested again";
    public static final String SETTINGS_EDITED = "its settings were edited";
    public static final String EDITED_SINCE_FAILURE = "its Job failed, and the step was edited since";
    public static final String POD_GONE =
            "its Job succeeded and its pod is gone, so another one reads the result from the store";
    public static final String JOB_OF_FORMER_STEP = "it belongs to a former step of this name";

    // A step that waits.
    public static final String JOB_CREATED = "its Job is created";
    public static final String QUEUED = "waits in queue %s for Kueue to admit its Job";
    public static final String PREEMPTED = "made room in queue %s: %s, then waits for Kueue to admit its Job again";
    public static final String SUSPENDED_BY_OTHERS =
            "its Job is suspended by something other than Isogloss: name one of"
                    + " Kueue's queues in runtime.queueName, or have whoever suspended the Job resume it";
    public static final String STOPPED_BY_OTHERS = "%s; %s";
    public static final String RESUMED = "goes on from its last checkpoint";
    public static final String REPLACED = "is started anew: %s";
    public static final String FORMER_POD = "waits for pod %s of a former attempt to end";
    public static final String FORMER_JOB = "waits for its former Job to go";
    public static final String FORMER_STEP = "waits for the Job of a former step of this name to go";
    public static final String NO_POD_YET = "its Job exists, its pod does not yet";
    public static final String POD_STARTING = "pod %s is about to start%s";
    public static final String POD_NOT_STARTED = "pod %s does not start (%s)%s";
    public static final String POD_LEAVING = "waits for pod %s to end, which was told to stop%s";
    public static final String RETRYING = "waits to be tried again; %s";
    public static final String JOB_REFUSED = "the API server refuses its Job: %s";
    public static final String POD_REFUSED = "the API server refuses its pod: %s";
    public static final String UNSCHEDULABLE = "no node takes its pod: %s";
    public static final String GATED =
            "its pod is held back by a scheduling gate, as Kueue sets it until there is room";
    public static final String IMAGE_NOT_PULLED = "its image %s cannot be pulled (%s)";
    public static final String CONTAINER_NOT_STARTED = "its container cannot start (%s)";

    // A step that runs or stops.
    public static final String POD_RUNS = "pod %s runs%s";
    public static final String OUTLIVED =
            "the trainer of pod %s has ended with exit code %d, and container %s keeps the pod"
                    + " from ending: make it a sidecar that ends with the pod (an init container with restartPolicy Always), or"
                    + " switch off its injection by a label or annotation in runtime.pod%s";
    public static final String FAILED_BEFORE = "it failed %s";
    public static final String STOPPED_BEFORE = "a pod before it was stopped";
    public static final String STOPPED_SEVERAL_TIMES = "%d pods before it were stopped";
    public static final String LOCKED_BEFORE = "another process runs the step";
    public static final String LAST_TIME = "%s, the last time: %s";
    public static final String JOB_STOPPING = "its Job is told to stop";
    public static final String JOB_REMOVED = "its Job is removed";
    public static final String JOB_REMOVED_BECAUSE = "its Job is removed: %s";
    public static final String CHECKPOINTING = "pod %s writes its checkpoint";

    // A step that has ended.
    public static final String STEP_DONE = "it is done";
    public static final String STEP_FAILED = "it failed";
    public static final String RESULT_RECORDED = "its result is in the store";
    public static final String RESULT_REUSED = "its result was in the store already";
    public static final String SCORES_LEFT_OUT =
            "%d scores did not fit here; all of them are in the step's result.json in the store";
    public static final String NAME_TAKEN =
            "a Job named %s exists that is not Isogloss's; delete it, then edit the experiment";
    public static final String RESULT_MISSING = "The Job succeeded, but %s. The result is in the store if the step came"
            + " that far: edit the experiment, and a short pod reads it from there.";
    public static final String PODS_GONE =
            "its pod was gone before its result was read, and so was that of a second Job";
    public static final String FAILURE_KEPT = "its Job and its logs stay for %d s";
    public static final String NO_REPORT = "its pod succeeded and left nothing";
    public static final String OTHER_RESULT = "its pod left the result of another step, %s";
    public static final String ERROR_REPORT = "its pod succeeded and reported an error: %s";
    public static final String UNREADABLE_REPORT = "what its pod left cannot be read: %s";

    public static final String FAILED_OUT_OF_MEMORY = "It was killed for using more memory than its limit%s."
            + " Raise runtime.resources.limits.memory, or lower the batch size.";
    public static final String MEMORY_LIMIT = " of %s";
    public static final String FAILED_OVER_DEADLINE = "It ran longer than runtime.stepDeadlineSeconds (%s) allows."
            + " Raise that, or leave it out; what was trained is in its checkpoint.";
    public static final String FAILED_UNSCHEDULED = "No node took its pod within runtime.stepDeadlineSeconds (%s),"
            + " which count while it waits, too. Raise that, or leave it out.";
    public static final String FAILED_WITHOUT_WORDS = "It failed %s.";
    public static final String FAILED_WITH_WORDS = "It failed %s: %s";
    public static final String ONCE = "once";
    public static final String SEVERAL_TIMES = "%s times";
    public static final String EXIT_CODE = "exit code %s";
    public static final String LAST_LINES = "%s, its last lines: %s";
    public static final String KILLED_FOR_MEMORY = "it was killed for using more memory than its limit";

    // An experiment.
    public static final String PLANNED = "the spec means %d steps";
    public static final String REFUSED = "the API server refuses: %s";
    public static final String SUSPENDED = "spec.suspend is true";
    public static final String SUSPENDED_AND_STOPPED = "spec.suspend is true; nothing of it runs";
    public static final String STEP_RUNS = "%d runs";
    public static final String STEPS_RUN = "%d run";
    public static final String STEP_WAITS = "%d waits for a pod";
    public static final String STEPS_WAIT = "%d wait for a pod";
    public static final String STEPS_DONE = "%s, %d of %d steps are done";
    public static final String STEP_TROUBLE = "%s: %s";
    public static final String HELD_UP = "%s; %s";
    public static final String STEP_LEAVING = "waits until its former TrainingStep %s is deleted";
    public static final String STEP_NAME_TAKEN =
            "a TrainingStep named %s exists that is of other work or another store;"
                    + " delete it, then edit the experiment";
    public static final String STEP_EVENT = "%s (%s): %s";
    public static final String NOT_IN_PLAN = "the plan of %d steps no longer contains it";
    public static final String RESULTS_LEFT_OUT =
            "%d results are not listed here, for a resource must stay small; isogloss results shows all of them from the store";
    public static final String ROUND_COMPLETE = "round %d of %s is complete";
    public static final String SYSTEM_COMPLETE = "system %s is complete: %s";
    public static final String SYSTEM_DIFFERS = ", %s from the baseline (p %s)";
    public static final String SYSTEM_CHOSE = ", with %s";
    public static final String STORE_IS_FOLDER =
            "spec.storage.location.uri is %s, a folder of one machine, and the pods of a cluster run on many."
                    + " Write {claim: NAME}, or {uri: s3://BUCKET/FOLDER} with a secretRef.";

    private static final int LONGEST = 4096;
    private static final String ELLIPSIS = " …";
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\n\t]]");

    private Messages() {}

    /// As much of a sentence as a condition's message may hold: a number of bytes, whatever the script, because a
    /// status must stay small. Control characters, which a terminal would act on, become spaces.
    public static String clip(String sentence) {
        String plain = CONTROL.matcher(sentence).replaceAll(" ");
        if (plain.length() * 3L <= LONGEST || bytes(plain) <= LONGEST) return plain;
        int end = 0;
        int size = bytes(ELLIPSIS);
        while (size <= LONGEST) {
            int point = plain.codePointAt(end);
            size += bytes(Character.toString(point));
            if (size <= LONGEST) end += Character.charCount(point);
        }
        return plain.substring(0, end) + ELLIPSIS;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /// @param longest in characters
    public static String clip(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - ELLIPSIS.length()) + ELLIPSIS;
    }
}
