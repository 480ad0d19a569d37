package dev.isogloss.trainer.fetch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.isogloss.trainer.bucket.Bucket;
import dev.isogloss.trainer.bucket.Bucket.Listed;
import dev.isogloss.trainer.store.AtomicFiles;
import dev.isogloss.trainer.store.StoreJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// A folder of this machine with copies of a bucket's objects. What was fetched once is fetched again only when it has
/// changed in the bucket.
///
/// @param tags where the tags of the copies are noted: a file
record Mirror(Bucket bucket, Path folder, Path tags) {

    /// @return how many objects there are that are wanted
    int fetch(String prefix, Predicate<String> wanted) throws IOException {
        TreeMap<String, String> known = known();
        List<Listed> objects = bucket.list(prefix).stream()
                .filter(object -> wanted.test(object.name()) && !object.name().endsWith("/"))
                .toList();
        removeAllBut(objects, prefix, wanted, known);
        for (Listed object : objects) {
            Path file = file(object.name());
            if (Files.exists(file) && object.tag().equals(known.get(object.name()))) continue;
            Files.createDirectories(file.getParent());
            AtomicFiles.file(file, beside -> download(object.name(), beside));
            known.put(object.name(), object.tag());
            Files.createDirectories(tags.getParent());
            AtomicFiles.write(tags, StoreJson.MAPPER.writeValueAsString(known));
        }
        return objects.size();
    }

    /// A copy of what is no longer there would still be read.
    private void removeAllBut(
            List<Listed> objects, String prefix, Predicate<String> wanted, TreeMap<String, String> known)
            throws IOException {
        Set<String> there = objects.stream().map(Listed::name).collect(Collectors.toSet());
        for (String name : List.copyOf(known.keySet()))
            if (name.startsWith(prefix) && wanted.test(name) && !there.contains(name)) {
                Files.deleteIfExists(file(name));
                known.remove(name);
            }
    }

    /// Names of objects are arbitrary; they must not lead out of the folder.
    private Path file(String name) throws IOException {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder.normalize()))
            throw new IOException("%s/%s has a name that is no path".formatted(bucket.address(), name));
        return file;
    }

    private void download(String name, Path beside) throws IOException {
        try (OutputStream out = Files.newOutputStream(beside)) {
            if (!bucket.download(name, out::write))
                throw new IOException("%s/%s was removed while it was being read".formatted(bucket.address(), name));
        }
    }

    private TreeMap<String, String> known() throws IOException {
        if (!Files.exists(tags)) return new TreeMap<>();
        try {
            return StoreJson.MAPPER.readValue(Files.readAllBytes(tags), new TypeReference<>() {});
        } catch (JsonProcessingException broken) {
            return new TreeMap<>(); // everything is fetched again
        }
    }
}
