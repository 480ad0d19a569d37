package dev.isogloss.operator.settings;

import dev.isogloss.api.cluster.PodOverrides;
import dev.isogloss.manifest.SettingsReader;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/// Converter of a setting that holds what a manifest has in `runtime.pod`, by the same rules.
public final class PodOverridesConverter implements Converter<PodOverrides> {
    private static final long serialVersionUID = 1;

    /// Called with an empty text where nothing is set.
    @Override
    public @Nullable PodOverrides convert(String json) {
        return json.isBlank()
                ? null
                : SettingsReader.ofRuntime(PodOverrides.class, "pod", "isogloss.trainer.pod", json);
    }
}
