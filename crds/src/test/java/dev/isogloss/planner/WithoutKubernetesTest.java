package dev.isogloss.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.manifest.ManifestReader;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The trainer ships no Kubernetes classes, not even the generator's annotations.
class WithoutKubernetesTest {

    @Test
    void a_manifest_is_read_and_planned_without_any_class_of_fabric8() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator))
            if (!entry.contains("fabric8") && !entry.contains("kubernetes"))
                urls.add(Path.of(entry).toUri().toURL());

        try (var loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Object checked = loader.loadClass(ManifestReader.class.getName())
                    .getMethod("check", String.class, String.class)
                    .invoke(null, "m.yaml", Manifests.SMALL);

            assertThat(checked.toString())
                    .contains("TransferExperimentManifest[name=small")
                    .contains("problems=[]");
        }
    }
}
