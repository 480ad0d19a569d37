package dev.isogloss.trainer.step.inputs;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Location;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.Input;
import dev.isogloss.trainer.data.ClaimFolders;
import dev.isogloss.trainer.data.ResolvedLocation;
import dev.isogloss.trainer.files.InputFolder;
import dev.isogloss.trainer.hub.HubReference;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.store.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Finds the folder of an encoder that exists, with `config.json`, weights and `tokenizer.json`: published, or left by
/// another step.
final class EncoderFinder {
    private EncoderFinder() {}

    static InputFolder of(EncoderOrigin.FromStep made, StepInputs inputs) {
        return InputFolder.closed(inputs.model(made.by()));
    }

    /// @throws InvalidInput if the encoder is not where its location says, or not the one the store knows by this name
    static InputFolder of(EncoderOrigin.Published published, StepInputs inputs) {
        Location location = new Input.PublishedEncoder(published)
                .in(inputs.locations())
                .orElseThrow(() ->
                        new IllegalStateException("the plan does not say where encoder " + published.name() + " lies"));
        Identity identity = new Identity(Identity.Kind.Encoder, published.name(), published.version());
        if (isOnHub(location)) return HubEncoders.folder(identity, location, inputs);
        InputFolder folder = local(published, location, inputs.claims());
        inputs.read(identity, sha256(folder, inputs));
        return folder;
    }

    static boolean isOnHub(Location location) {
        return location.uri() != null && HubReference.isOne(location.uri());
    }

    /// The folder of an encoder that lies on this machine.
    ///
    /// @throws InvalidInput if there is none
    static InputFolder local(EncoderOrigin.Published published, Location location, ClaimFolders claims) {
        ResolvedLocation place = ResolvedLocation.of(location, claims, "Encoder " + published.name());
        InputFolder folder = place.folderInside(place.path());
        if (!Files.isDirectory(folder.path()))
            throw new InvalidInput(
                    "There is no folder %s: it should hold encoder %s (config.json, model.safetensors and"
                                    .formatted(folder, published.name())
                            + " tokenizer.json). Check spec.encoder.location.");
        for (String name : files(folder)) folder.file(name).checked();
        return folder;
    }

    /// SHA-256 of every file that is read.
    static Map<String, String> sha256(InputFolder folder, StepInputs inputs) {
        Map<String, String> sums = new TreeMap<>();
        try {
            for (String file : files(folder)) sums.put(file, inputs.sha256(folder.file(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sums;
    }

    /// The files of an encoder's folder that are read, sorted.
    static List<String> files(InputFolder folder) {
        try {
            return folder.names().stream().filter(EncoderFinder::isRead).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isRead(String name) {
        return name.equals("config.json")
                || name.equals("tokenizer.json")
                || name.endsWith(".safetensors")
                || name.endsWith(".safetensors.index.json");
    }
}
