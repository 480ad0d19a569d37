package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.Project;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.task.TaskType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Vectors of words or texts in the plane, by several encoders. Trains nothing.
///
/// @param encoders   in the order of their stages, the one that all start from first
/// @param data       the split that is shown, of the source and of all languages of the encoders
/// @param settings   resolved
/// @param dictionary null, and left out of the key, where no words are looked up
/// @param seed       of the draws of copies, as a training of this seed makes them; null, and left out of the key,
///     where none are made
@Cost(device = false, weight = 1)
@JsonTypeName("Project")
public record ProjectStep(
        int revision,
        List<ProjectedEncoder> encoders,
        TaskType task,
        DatasetIdentity data,
        String source,
        Project settings,
        @Nullable DictionaryIdentity dictionary,
        int maxLength,
        Precision precision,
        @Nullable Long seed)
        implements StepSpec {

    public ProjectStep {
        Bounds.atLeast("revision", revision, 1);
        encoders = Bounds.distinct("encoders", encoders);
        Bounds.notBlank("source", source);
        Bounds.atLeast("maxLength", maxLength, 1);
        if (settings.readsDictionary() && dictionary == null)
            throw new IllegalArgumentException("Project looks words up, and needs the dictionary");
    }

    /// An encoder that is shown.
    ///
    /// @param stage     as tables call it
    /// @param target    the language it is for; null for one of all
    /// @param languages that it is shown with beside the source, sorted
    public record ProjectedEncoder(
            String stage, @Nullable String target, EncoderOrigin encoder, List<String> languages) {
        public ProjectedEncoder {
            Bounds.notBlank("stage", stage);
            if (target != null) Bounds.notBlank("target", target);
            encoder.requireMade("Project");
            languages = List.copyOf(languages);
        }

        /// In facts and tables: the stage, and behind a dot its target.
        public String name() {
            return target == null ? stage : stage + "." + target;
        }
    }

    /// The source, and all languages that an encoder is shown with.
    public List<String> languages() {
        List<String> languages = new ArrayList<>(List.of(source));
        encoders.stream()
                .flatMap(encoder -> encoder.languages().stream())
                .distinct()
                .sorted()
                .forEach(languages::add);
        return List.copyOf(languages);
    }

    @Override
    public List<Input> reads() {
        List<Input> reads = new ArrayList<>();
        for (ProjectedEncoder each : encoders) reads.addAll(each.encoder().reads());
        reads.add(new Input.LabelledData(data, task, languages(), List.of(settings.split())));
        if (dictionary != null) reads.add(new Input.Dictionary(dictionary));
        return List.copyOf(reads);
    }
}
