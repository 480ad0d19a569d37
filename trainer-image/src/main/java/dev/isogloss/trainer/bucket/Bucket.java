package dev.isogloss.trainer.bucket;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.trainer.bucket.S3Transport.Request;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The objects below one address. Names are relative to it. Every call is safe to repeat, and is repeated when the
/// connection or the server fails.
///
/// All calls throw [InvalidInput] if the bucket does not exist or refuses us, and [BucketFailure] if it cannot be
/// reached.
public final class Bucket {
    private static final int PAGE = 1000;

    private final BucketAddress address;
    private final BucketSettings settings;
    private final S3Errors errors;
    private final S3Transport transport;
    private final int page;

    public Bucket(BucketAddress address, BucketSettings settings) {
        this(address, settings, PAGE);
    }

    /// @param page how many objects a listing may hold at most, up to 1000; longer ones take several requests
    Bucket(BucketAddress address, BucketSettings settings, int page) {
        this.address = address;
        this.page = page;
        this.settings = settings;
        this.errors = new S3Errors(address, settings);
        this.transport = new S3Transport(address, settings, InstantSource.system());
    }

    public BucketAddress address() {
        return address;
    }

    /// @param name relative to the address
    /// @param tag  another one for other bytes
    public record Listed(String name, long bytes, Instant written, String tag) {}

    /// The object's bytes; for small ones.
    public Optional<byte[]> get(String name) {
        S3Response response = transport.send(Request.of("GET", key(name)));
        if (isMissing(response)) return Optional.empty();
        return Optional.of(succeeded(response, "read " + name).body());
    }

    /// Writes an object, in place of the one that may be there.
    public void put(String name, byte[] bytes) {
        succeeded(transport.send(new Request("PUT", key(name), Map.of(), Map.of(), bytes)), "write " + name);
    }

    /// Writes an object unless there is one.
    ///
    /// @return whether this call wrote it. False may also mean that an earlier attempt of this very call wrote it
    /// and only the response was lost, so compare what is there.
    public boolean putIfAbsent(String name, byte[] bytes) {
        S3Response response =
                transport.send(new Request("PUT", key(name), Map.of(), Map.of("if-none-match", "*"), bytes));
        if (response.status() == 412) return false;
        succeeded(response, "write " + name);
        return true;
    }

    /// Writes a file of any size.
    public void upload(Path file, String name) throws IOException {
        long size = Files.size(file);
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            if (size <= settings.partBytes()) put(name, read(in, (int) size));
            else uploadInParts(in, size, name);
        }
    }

    private void uploadInParts(FileChannel in, long size, String name) throws IOException {
        Request begin = new Request("POST", key(name), Map.of("uploads", ""), Map.of(), new byte[0]);
        String upload = S3Xml.of(
                        succeeded(transport.send(begin), "write " + name).body())
                .first("UploadId")
                .orElseThrow(() -> new InvalidInput("%s began an upload without naming it.".formatted(address)));
        boolean whole = false;
        try {
            complete(name, upload, parts(in, size, name, upload));
            whole = true;
        } finally {
            if (!whole)
                transport.send(new Request("DELETE", key(name), Map.of("uploadId", upload), Map.of(), new byte[0]));
        }
    }

    private List<String> parts(FileChannel in, long size, String name, String upload) throws IOException {
        List<String> tags = new ArrayList<>();
        for (long at = 0; at < size; at += settings.partBytes()) {
            byte[] bytes = read(in, (int) Math.min(settings.partBytes(), size - at));
            Map<String, String> query = Map.of("partNumber", String.valueOf(tags.size() + 1), "uploadId", upload);
            S3Response response =
                    succeeded(transport.send(new Request("PUT", key(name), query, Map.of(), bytes)), "write " + name);
            tags.add(response.header("etag").orElse(""));
        }
        return tags;
    }

    /// Joins the parts. This call alone may have status 200 and still have failed: then its body says so.
    private void complete(String name, String upload, List<String> tags) {
        StringBuilder xml = new StringBuilder("<CompleteMultipartUpload>");
        for (int i = 0; i < tags.size(); i++)
            xml.append("<Part><PartNumber>%d</PartNumber><ETag>%s</ETag></Part>"
                    .formatted(i + 1, tags.get(i).replace("\"", "&quot;")));
        byte[] body = xml.append("</CompleteMultipartUpload>").toString().getBytes(StandardCharsets.UTF_8);
        S3Response response = succeeded(
                transport.send(new Request("POST", key(name), Map.of("uploadId", upload), Map.of(), body)),
                "write " + name);
        if (!response.code().isEmpty()) throw errors.of(response, "write " + name);
    }

    private static byte[] read(FileChannel in, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining())
            if (in.read(buffer) < 0) throw new IOException("a file became shorter while it was being uploaded");
        return buffer.array();
    }

    /// Takes the bytes of an object, a piece at a time.
    @FunctionalInterface
    public interface Sink {
        void take(byte[] piece) throws IOException;
    }

    /// Reads an object of any size.
    ///
    /// @return false if there is none; then nothing was taken
    public boolean download(String name, Sink sink) throws IOException {
        long at = 0;
        while (true) {
            S3Response response = transport.send(new Request("GET", key(name), Map.of(), range(at), new byte[0]));
            if (isMissing(response)) {
                if (at == 0) return false;
                throw new IOException("%s/%s was removed while it was being read".formatted(address, name));
            }
            if (response.status() == 416 && at == 0) return true; // a range of nothing: the object is empty
            succeeded(response, "read " + name);
            sink.take(response.body());
            at += response.body().length;
            if (response.status() == 200 || at >= total(response)) return true;
        }
    }

    private Map<String, String> range(long at) {
        return Map.of("range", "bytes=%d-%d".formatted(at, at + settings.partBytes() - 1));
    }

    /// From `Content-Range: bytes 0-99/1234`.
    private static long total(S3Response response) {
        return response.header("content-range")
                .map(text -> Long.parseLong(text.substring(text.indexOf('/') + 1)))
                .orElse(0L);
    }

    /// All objects whose names begin with `prefix`, in the order of their names.
    public List<Listed> list(String prefix) {
        List<Listed> all = new ArrayList<>();
        pages(prefix, "").forEach(page -> page.all("Contents").forEach(object -> all.add(listed(page, object))));
        return all;
    }

    /// The folders directly below `prefix`, which is empty or ends in a slash; without the slashes at their ends.
    public List<String> folders(String prefix) {
        int from = key(prefix).length();
        return pages(prefix, "/").stream()
                .flatMap(page -> page.all("CommonPrefixes").stream().map(inside -> page.name(inside, "Prefix")))
                .map(name -> name.substring(from).replaceFirst("/$", ""))
                .toList();
    }

    private List<S3Xml> pages(String prefix, String delimiter) {
        List<S3Xml> pages = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            Map<String, String> query = new LinkedHashMap<>(Map.of(
                    "list-type", "2", "prefix", key(prefix), "max-keys", String.valueOf(page), "encoding-type", "url"));
            if (!delimiter.isEmpty()) query.put("delimiter", delimiter);
            next.ifPresent(token -> query.put("continuation-token", token));
            S3Xml response = S3Xml.of(
                    succeeded(transport.send(new Request("GET", "", query, Map.of(), new byte[0])), "list its objects")
                            .body());
            pages.add(response);
            next = response.first("IsTruncated")
                    .filter("true"::equals)
                    .flatMap(more -> response.first("NextContinuationToken"));
        } while (next.isPresent());
        return pages;
    }

    private Listed listed(S3Xml page, S3Xml object) {
        return new Listed(
                page.name(object, "Key").substring(address.prefix().length()),
                object.first("Size").map(Long::parseLong).orElse(0L),
                object.first("LastModified").map(Instant::parse).orElse(Instant.EPOCH),
                object.first("ETag").orElse(""));
    }

    /// Removes an object; nothing happens if there is none.
    public void delete(String name) {
        S3Response response = transport.send(Request.of("DELETE", key(name)));
        if (!isMissing(response)) succeeded(response, "remove " + name);
    }

    private String key(String name) {
        return address.prefix() + name;
    }

    private static boolean isMissing(S3Response response) {
        return response.status() == 404 && response.code().equals("NoSuchKey");
    }

    private S3Response succeeded(S3Response response, String purpose) {
        if (response.isSuccess()) return response;
        throw errors.of(response, purpose);
    }
}
