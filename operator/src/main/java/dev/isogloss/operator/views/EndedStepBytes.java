package dev.isogloss.operator.views;

import dev.isogloss.api.cluster.Condition;
import dev.isogloss.api.cluster.FollowUpResult;
import dev.isogloss.api.cluster.Phase;
import dev.isogloss.api.cluster.StepScore;
import dev.isogloss.api.cluster.TrainingStepSpec;
import dev.isogloss.api.cluster.TrainingStepStatus;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Form of a step that has succeeded as bytes, in memory alone: what the operator still asks of it, and words that many
/// steps share as numbers.
final class EndedStepBytes {
    private static final SharedWords WORDS = new SharedWords();

    /// A label sketch that is not among them.
    static final String NOT_KEPT = "";

    private EndedStepBytes() {}

    static byte[] of(ObjectMeta metadata, TrainingStepSpec spec, TrainingStepStatus status) {
        var bytes = new ByteArrayOutputStream(384);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, metadata);
            write(out, spec);
            write(out, status);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static ObjectMeta metadata(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return metadata(in);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static TrainingStep read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            TrainingStep step = new TrainingStep();
            step.setMetadata(metadata(in));
            step.setSpec(spec(in));
            step.setStatus(status(in));
            return step;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void write(DataOutputStream out, ObjectMeta metadata) throws IOException {
        WORDS.write(out, metadata.getNamespace());
        text(out, metadata.getName());
        Hex.write(out, metadata.getUid());
        text(out, metadata.getResourceVersion());
        out.writeLong(Objects.requireNonNullElse(metadata.getGeneration(), 0L));
        time(out, metadata.getCreationTimestamp());
        time(out, metadata.getDeletionTimestamp());
        words(out, metadata.getAnnotations());
        List<OwnerReference> owners = Objects.requireNonNullElse(metadata.getOwnerReferences(), List.of());
        out.writeInt(owners.size());
        for (OwnerReference owner : owners) {
            WORDS.write(out, owner.getApiVersion());
            WORDS.write(out, owner.getKind());
            text(out, owner.getName());
            Hex.write(out, owner.getUid());
        }
    }

    private static ObjectMeta metadata(DataInputStream in) throws IOException {
        var metadata = new ObjectMetaBuilder()
                .withNamespace(WORDS.read(in))
                .withName(text(in))
                .withUid(Hex.read(in))
                .withResourceVersion(text(in))
                .withGeneration(in.readLong())
                .withCreationTimestamp(time(in))
                .withDeletionTimestamp(time(in))
                .withAnnotations(words(in));
        List<OwnerReference> owners = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--)
            owners.add(new OwnerReferenceBuilder()
                    .withApiVersion(WORDS.read(in))
                    .withKind(WORDS.read(in))
                    .withName(text(in))
                    .withUid(Hex.read(in))
                    .build());
        return metadata.withOwnerReferences(owners).build();
    }

    private static void write(DataOutputStream out, TrainingStepSpec spec) throws IOException {
        Hex.write(out, spec.key());
        WORDS.write(out, spec.kind());
        text(out, spec.title());
        out.writeInt(spec.attempt());
        out.writeBoolean(spec.suspend());
    }

    private static TrainingStepSpec spec(DataInputStream in) throws IOException {
        return EndedStep.trimmed(
                Objects.requireNonNull(Hex.read(in)),
                Objects.requireNonNull(WORDS.read(in)),
                text(in),
                in.readInt(),
                in.readBoolean());
    }

    private static void write(DataOutputStream out, TrainingStepStatus status) throws IOException {
        out.writeLong(Objects.requireNonNullElse(status.observedGeneration(), 0L));
        List<Condition> conditions = Objects.requireNonNullElse(status.conditions(), List.of());
        out.writeByte(conditions.size());
        for (Condition condition : conditions) {
            WORDS.write(out, condition.type());
            WORDS.write(out, condition.status());
            out.writeLong(Objects.requireNonNullElse(condition.observedGeneration(), 0L));
            time(out, condition.lastTransitionTime());
            WORDS.write(out, condition.reason());
            WORDS.write(out, condition.message());
        }
        out.writeInt(status.attempts());
        out.writeBoolean(status.reused());
        out.writeBoolean(status.keptModel());
        scores(out, status.scores());
        words(out, status.facts());
        words(out, status.digests());
        out.writeBoolean(status.labelSketch() != null);
        time(out, status.completionTime());
        List<FollowUpResult> followUps = Objects.requireNonNullElse(status.followUps(), List.of());
        out.writeByte(followUps.size());
        for (FollowUpResult result : followUps) write(out, result);
    }

    private static void write(DataOutputStream out, FollowUpResult result) throws IOException {
        Hex.write(out, result.key());
        WORDS.write(out, result.kind());
        out.writeBoolean(result.reused());
        scores(out, result.scores());
        words(out, result.facts());
        out.writeBoolean(result.keptModel());
        words(out, result.digests());
        out.writeBoolean(result.labelSketch() != null);
    }

    private static TrainingStepStatus status(DataInputStream in) throws IOException {
        long generation = in.readLong();
        List<Condition> conditions = new ArrayList<>();
        for (int left = in.readByte(); left > 0; left--)
            conditions.add(new Condition(
                    Objects.requireNonNull(WORDS.read(in)),
                    Objects.requireNonNull(WORDS.read(in)),
                    in.readLong(),
                    Objects.requireNonNull(time(in)),
                    Objects.requireNonNull(WORDS.read(in)),
                    Objects.requireNonNull(WORDS.read(in))));
        int attempts = in.readInt();
        boolean reused = in.readBoolean();
        boolean keptModel = in.readBoolean();
        return new TrainingStepStatus(
                Phase.Succeeded,
                generation,
                conditions,
                null,
                attempts,
                reused,
                scores(in),
                words(in),
                keptModel,
                words(in),
                in.readBoolean() ? NOT_KEPT : null,
                null,
                time(in),
                followUps(in));
    }

    private static @Nullable List<FollowUpResult> followUps(DataInputStream in) throws IOException {
        int size = in.readByte();
        if (size == 0) return null;
        List<FollowUpResult> results = new ArrayList<>(size);
        for (int i = 0; i < size; i++)
            results.add(new FollowUpResult(
                    Objects.requireNonNull(Hex.read(in)),
                    Objects.requireNonNull(WORDS.read(in)),
                    in.readBoolean(),
                    scores(in),
                    words(in),
                    in.readBoolean(),
                    words(in),
                    in.readBoolean() ? NOT_KEPT : null));
        return List.copyOf(results);
    }

    private static void scores(DataOutputStream out, @Nullable List<StepScore> scores) throws IOException {
        out.writeShort(scores == null ? -1 : scores.size());
        if (scores == null) return;
        for (StepScore score : scores) {
            WORDS.write(out, score.language());
            WORDS.write(out, score.split());
            WORDS.write(out, score.metric());
            text(out, score.value());
            out.writeLong(score.examples());
        }
    }

    private static @Nullable List<StepScore> scores(DataInputStream in) throws IOException {
        int size = in.readShort();
        if (size < 0) return null;
        List<StepScore> scores = new ArrayList<>(size);
        for (int i = 0; i < size; i++)
            scores.add(new StepScore(
                    Objects.requireNonNull(WORDS.read(in)),
                    Objects.requireNonNull(WORDS.read(in)),
                    Objects.requireNonNull(WORDS.read(in)),
                    Objects.requireNonNull(text(in)),
                    in.readLong()));
        return scores;
    }

    /// A map whose keys many steps share.
    private static void words(DataOutputStream out, @Nullable Map<String, String> map) throws IOException {
        out.writeByte(map == null ? -1 : map.size());
        if (map == null) return;
        for (var entry : map.entrySet()) {
            WORDS.write(out, entry.getKey());
            Hex.write(out, entry.getValue());
        }
    }

    private static @Nullable Map<String, String> words(DataInputStream in) throws IOException {
        int size = in.readByte();
        if (size < 0) return null;
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < size; i++)
            map.put(Objects.requireNonNull(WORDS.read(in)), Objects.requireNonNull(Hex.read(in)));
        return map;
    }

    /// Kubernetes writes times in whole seconds; whatever else stands there stays a text.
    private static void time(DataOutputStream out, @Nullable String time) throws IOException {
        int seconds = time == null ? 0 : seconds(time);
        out.writeInt(seconds);
        if (seconds == 0) text(out, time);
    }

    /// Of `2026-01-02T03:04:05Z`; by hand, since a formatter took a tenth of a start before hundreds of thousands of
    /// steps.
    ///
    /// @return 0 for whatever is written otherwise
    private static int seconds(String time) {
        if (time.length() != 20 || time.charAt(10) != 'T' || time.charAt(19) != 'Z') return 0;
        if (time.charAt(4) != '-' || time.charAt(7) != '-' || time.charAt(13) != ':' || time.charAt(16) != ':')
            return 0;
        int hours = number(time, 11, 13);
        int minutes = number(time, 14, 16);
        int seconds = number(time, 17, 19);
        if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59) return 0;
        try {
            long day = LocalDate.of(number(time, 0, 4), number(time, 5, 7), number(time, 8, 10))
                    .toEpochDay();
            return Math.toIntExact(((day * 24 + hours) * 60 + minutes) * 60 + seconds);
        } catch (DateTimeException | ArithmeticException other) {
            return 0;
        }
    }

    /// @return a number below 0 where there is something other than digits
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) return -1;
            number = number * 10 + digit;
        }
        return number;
    }

    private static @Nullable String time(DataInputStream in) throws IOException {
        int seconds = in.readInt();
        return seconds == 0 ? text(in) : Instant.ofEpochSecond(seconds).toString();
    }

    private static void text(DataOutputStream out, @Nullable String text) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) out.writeUTF(text);
    }

    private static @Nullable String text(DataInputStream in) throws IOException {
        return in.readBoolean() ? in.readUTF() : null;
    }
}
