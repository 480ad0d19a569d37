package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.isogloss.api.method.RobustTraining;
import org.jspecify.annotations.Nullable;

/// How a training is made robust, and by which words.
///
/// @param settings   resolved, under the method's name: `{"ear": {...}}`
/// @param dictionary of neighbours; null where none is read
public record RobustInputs(
        @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
        RobustTraining settings,

        @Nullable DictionaryIdentity dictionary) {

    public RobustInputs {
        if (settings.readsDictionary() != (dictionary != null))
            throw new IllegalArgumentException(
                    settings.method() + (dictionary == null ? " reads a dictionary" : " reads no dictionary"));
    }
}
