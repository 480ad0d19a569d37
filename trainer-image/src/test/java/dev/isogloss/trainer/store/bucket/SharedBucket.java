package dev.isogloss.trainer.store.bucket;

import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepKeys;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.trainer.bucket.Bucket;
import dev.isogloss.trainer.bucket.BucketServer;
import dev.isogloss.trainer.store.AtomicFiles;
import dev.isogloss.trainer.store.StepFixtures;
import dev.isogloss.trainer.store.StepFolder;
import dev.isogloss.trainer.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A bucket of its own for each test, and machines that share a store in it.
@Timeout(120)
abstract class SharedBucket {
    static final StepSpec SPEC = StepFixtures.training(null, 1);
    static final StepKey KEY = StepKeys.of(SPEC);

    @RegisterExtension
    static final BucketServer server = new BucketServer();

    final String address = "s3://lab/" + UUID.randomUUID();
    final Bucket bucket = server.bucket(address);

    @TempDir
    Path folder;

    /// The store as a process on a machine of that name sees it.
    Store on(String machine) {
        return BucketStorage.store(server.bucket(address), folder.resolve(machine));
    }

    static StepFolder train(Store store, String weights) throws IOException {
        return train(store.begin(KEY, SPEC), weights);
    }

    static StepFolder train(StepFolder folder, String weights) throws IOException {
        AtomicFiles.folder(folder.model(), model -> {
            Files.writeString(model.resolve("model.safetensors"), weights);
            Files.writeString(model.resolve("config.json"), "{}");
        });
        Files.writeString(folder.curve(), "{\"loss\": 1}\n");
        return folder;
    }

    /// Names of what the bucket holds of steps, without what differs from run to run.
    List<String> objects() {
        return bucket.list("steps/").stream()
                .map(each -> each.name().substring("steps/".length() + 65))
                .map(name -> name.replaceAll("[0-9a-f]{64}", "SHA").replaceAll("[0-9a-f-]{36}", "ID"))
                .sorted()
                .toList();
    }
}
