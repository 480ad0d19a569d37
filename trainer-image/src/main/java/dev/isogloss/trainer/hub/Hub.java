package dev.isogloss.trainer.hub;

import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.trainer.files.InputFile;
import dev.isogloss.trainer.files.WholeJson;
import dev.isogloss.trainer.lock.ExclusiveWork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Models fetched from the hub into a cache with the layout of Python's huggingface_hub, so that what one of the two
/// has fetched the other finds:
///
///     models--org--name/refs/main                          the commit a branch pointed to when it was last asked for
///     models--org--name/blobs/<etag>                       the files by their contents
///     models--org--name/snapshots/<commit>/config.json     links to them by their names
public final class Hub {

    /// @param folder the snapshot, with `config.json`, safetensors and `tokenizer.json` if the model has one
    /// @param commit which the revision stood for
    public record Fetched(Path folder, String commit) {}

    /// Told how far the file that is being fetched has come.
    public interface DownloadProgress {
        void fetched(String file, long bytes, long of);
    }

    private static final String WEIGHTS = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final List<String> OPTIONAL = List.of("tokenizer.json", "tokenizer_config.json");

    private static final long LARGEST_SMALL = 64 << 20;
    private static final int LARGEST_INDEX = 16 << 20;

    private final HubSettings settings;
    private final HubClient client;

    public Hub(HubSettings settings, DownloadProgress progress) {
        this.settings = settings;
        this.client = new HubClient(settings, progress);
    }

    /// The folder of a model, fetched as far as it is not there yet.
    ///
    /// @throws InvalidInput if the model, its revision or a file does not exist, must not be read, or is no encoder
    /// @throws HubFailure if the hub cannot be reached and the cache does not have the model
    public Fetched fetch(HubReference reference) {
        return fetch(reference, true);
    }

    /// The same without the weights: it is asked whether they are there, and they stay where they are.
    public Fetched describe(HubReference reference) {
        return fetch(reference, false);
    }

    private Fetched fetch(HubReference reference, boolean weights) {
        Optional<Fetched> cached = cached(reference);
        if (settings.offline()) {
            return cached.orElseThrow(() -> new InvalidInput(("%s is not in the cache %s, and HF_HUB_OFFLINE forbids"
                            + " fetching it. Fetch it once without that variable.")
                    .formatted(reference, settings.cache())));
        }
        if (reference.isCommit() && cached.isPresent()) {
            return cached.get();
        }
        try {
            return download(reference, weights);
        } catch (HubFailure e) {
            return cached.orElseThrow(() -> e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Small files come first: what is wrong with them is known before gigabytes have arrived.
    private Fetched download(HubReference reference, boolean weights) throws IOException {
        HubClient.Remote config = client.find(reference, "config.json").orElseThrow(() -> noConfig(reference));
        String commit = config.commit();
        HubReference pinned = new HubReference(reference.repository(), commit);
        fetchSmall(pinned, config, "config.json");
        for (String file : OPTIONAL) {
            Optional<HubClient.Remote> remote = client.find(pinned, file);
            if (remote.isPresent()) {
                fetchSmall(pinned, remote.get(), file);
            }
        }
        for (var file : weights(pinned, reference).entrySet())
            if (weights) fetchFile(pinned, file.getValue(), file.getKey());
        if (!reference.isCommit()) {
            Path ref = folder(reference).resolve("refs").resolve(reference.revision());
            Files.createDirectories(ref.getParent());
            Files.writeString(ref, commit);
        }
        return new Fetched(snapshot(pinned), commit);
    }

    /// The files of weights, one or as many as their index lists.
    private SortedMap<String, HubClient.Remote> weights(HubReference pinned, HubReference reference)
            throws IOException {
        TreeMap<String, HubClient.Remote> weights = new TreeMap<>();
        Optional<HubClient.Remote> single = client.find(pinned, WEIGHTS);
        if (single.isPresent()) {
            weights.put(WEIGHTS, single.get());
            return weights;
        }
        HubClient.Remote index = client.find(pinned, INDEX).orElseThrow(() -> noSafetensors(reference));
        fetchSmall(pinned, index, INDEX);
        for (String shard : shards(snapshot(pinned)))
            weights.put(
                    shard,
                    client.find(pinned, shard)
                            .orElseThrow(() -> new InvalidInput(
                                    "%s lists the file %s, which the hub does not have.".formatted(reference, shard))));
        return weights;
    }

    /// A file that is read whole, and is not fetched if it is larger than such files are.
    private void fetchSmall(HubReference pinned, HubClient.Remote remote, String file) throws IOException {
        if (remote.size() > LARGEST_SMALL)
            throw new InvalidInput(
                    "%s says that its %s has %,d bytes; files of this name have a few million, and %,d at most are fetched. Check the name and the part after @."
                            .formatted(pinned, file, remote.size(), LARGEST_SMALL));
        fetchFile(pinned, remote, file);
    }

    private InvalidInput noConfig(HubReference reference) {
        return client.find(reference, "adapter_config.json").isPresent()
                ? new InvalidInput(("%s is an adapter (adapter_config.json), and no encoder: it changes another model."
                                + " Merge it into the one that its page names: python -c \"from transformers import"
                                + " AutoModel; from peft import PeftModel; PeftModel.from_pretrained("
                                + "AutoModel.from_pretrained('BASE'), '%s').merge_and_unload().save_pretrained('merged')\","
                                + " save BASE's tokenizer there, too, and use that folder.")
                        .formatted(reference, reference.repository()))
                : new InvalidInput(("%s has no config.json at %s, so it is no encoder, or there is no such model or"
                                + " revision. Check the name and the part after @.")
                        .formatted(reference, settings.endpoint()));
    }

    private static InvalidInput noSafetensors(HubReference reference) {
        return new InvalidInput(("%s has no safetensors. If it has pytorch_model.bin, a Python pickle"
                        + " that can run any program, convert it once where you trust it: python -c \"from"
                        + " transformers import AutoModel, AutoTokenizer; m = '%s';"
                        + " AutoModel.from_pretrained(m).save_pretrained('converted');"
                        + " AutoTokenizer.from_pretrained(m).save_pretrained('converted')\", and use that folder.")
                .formatted(reference, reference.repository()));
    }

    private static TreeSet<String> shards(Path snapshot) {
        TreeSet<String> shards = new TreeSet<>();
        WholeJson.of(InputFile.anywhere(snapshot.resolve(INDEX)), LARGEST_INDEX)
                .path("weight_map")
                .forEach(file -> {
                    if (!file.asText().matches("[A-Za-z0-9._-]+")) {
                        throw new InvalidInput("the index of weights lists the file '%s', whose name is not allowed"
                                .formatted(Excerpt.of(file.asText())));
                    }
                    shards.add(file.asText());
                });
        if (shards.isEmpty())
            throw new InvalidInput("%s lists no file of weights (weight_map).".formatted(snapshot.resolve(INDEX)));
        return shards;
    }

    /// Fetches a file's contents unless they are there, and links its name to them.
    private void fetchFile(HubReference pinned, HubClient.Remote remote, String file) throws IOException {
        Path blob = folder(pinned).resolve("blobs").resolve(remote.etag());
        if (!Files.exists(blob)) {
            Path lock = settings.cache()
                    .resolve(".locks")
                    .resolve(pinned.folderName())
                    .resolve(remote.etag() + ".lock");
            Files.createDirectories(blob.getParent());
            ExclusiveWork.under(lock, () -> {
                if (!Files.exists(blob)) client.download(remote, file, blob);
                return blob;
            });
        }
        link(snapshot(pinned), file, blob);
    }

    private static void link(Path snapshot, String file, Path blob) throws IOException {
        Files.createDirectories(snapshot);
        Path name = snapshot.resolve(file);
        try {
            Files.createSymbolicLink(name, snapshot.relativize(blob));
        } catch (FileAlreadyExistsException e) {
            return; // another process, or an earlier run
        } catch (UnsupportedOperationException e) {
            Files.copy(blob, name, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private Optional<Fetched> cached(HubReference reference) {
        try {
            Path ref = folder(reference).resolve("refs").resolve(reference.revision());
            String commit = reference.isCommit()
                    ? reference.revision()
                    : Files.exists(ref) ? Files.readString(ref).strip() : "";
            Path snapshot = snapshot(new HubReference(reference.repository(), commit));
            return !commit.isEmpty() && isComplete(snapshot)
                    ? Optional.of(new Fetched(snapshot, commit))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isComplete(Path snapshot) throws IOException {
        if (!Files.exists(snapshot.resolve("config.json"))) {
            return false;
        }
        if (Files.exists(snapshot.resolve(WEIGHTS))) {
            return true;
        }
        return Files.exists(snapshot.resolve(INDEX))
                && shards(snapshot).stream().allMatch(shard -> Files.exists(snapshot.resolve(shard)));
    }

    private Path folder(HubReference reference) {
        return settings.cache().resolve(reference.folderName());
    }

    private Path snapshot(HubReference pinned) {
        return folder(pinned).resolve("snapshots").resolve(pinned.revision());
    }
}
