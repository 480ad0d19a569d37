package dev.isogloss.trainer.bucket;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobApiMetadata;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.domain.Blob;
import org.jclouds.blobstore.options.GetOptions;
import org.jclouds.blobstore.options.PutOptions;
import org.jclouds.blobstore.util.ForwardingBlobStore;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A server of S3 in this JVM, with one bucket, `lab`, for the tests of a class. It checks the signature of every
/// request, body included.
public final class BucketServer implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private static final String ID = "AKIDEXAMPLE";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private BlobStore blobs;
    private S3Proxy proxy;
    private volatile Consumer<String> beforePut = name -> {};
    private volatile Consumer<String> afterPut = name -> {};
    private volatile Consumer<String> afterGet = name -> {};

    @Override
    public void beforeAll(ExtensionContext tests) throws Exception {
        System.setProperty("org.slf4j.simpleLogger.log.org.gaul", "error");
        BlobStoreContext context = ContextBuilder.newBuilder(new TransientNio2BlobApiMetadata())
                .credentials(ID, SECRET)
                .overrides(new Properties())
                .build(BlobStoreContext.class);
        blobs = context.getBlobStore();
        blobs.createContainerInLocation(null, "lab");
        proxy = S3Proxy.builder()
                .blobStore(new Watched(blobs))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, ID, SECRET)
                .build();
        proxy.start();
    }

    private final class Watched extends ForwardingBlobStore {
        Watched(BlobStore delegate) {
            super(delegate);
        }

        @Override
        public Blob getBlob(String container, String name, GetOptions options) {
            Blob blob = super.getBlob(container, name, options);
            afterGet.accept(name);
            return blob;
        }

        @Override
        public String putBlob(String container, Blob blob, PutOptions options) {
            String name = blob.getMetadata().getName();
            beforePut.accept(name);
            String tag = super.putBlob(container, blob, options);
            afterPut.accept(name);
            return tag;
        }
    }

    /// An action when an object arrives, before it is there; an exception becomes a status 500.
    public void beforePut(Consumer<String> action) {
        beforePut = action;
    }

    /// The same once it is there: an exception is a response that was lost.
    public void afterPut(Consumer<String> action) {
        afterPut = action;
    }

    /// An action once an object was looked for, before the response is sent.
    public void afterGet(Consumer<String> action) {
        afterGet = action;
    }

    /// Takes all actions away.
    public void calm() {
        beforePut = name -> {};
        afterPut = name -> {};
        afterGet = name -> {};
    }

    /// The variables that lead to this server.
    public Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL", "http://127.0.0.1:" + proxy.getPort(),
                "AWS_ACCESS_KEY_ID", ID,
                "AWS_SECRET_ACCESS_KEY", SECRET);
    }

    /// The same, but for one variable.
    public Map<String, String> environment(String name, String value) {
        Map<String, String> environment = new HashMap<>(environment());
        environment.put(name, value);
        return environment;
    }

    public Bucket bucket(String address) {
        return bucket(address, environment());
    }

    /// With small parts and without long pauses.
    public static Bucket bucket(String address, Map<String, String> environment) {
        BucketSettings usual = BucketSettings.of(environment);
        return new Bucket(
                BucketAddress.parse(address),
                new BucketSettings(
                        usual.endpoint(),
                        usual.region(),
                        usual.pathStyle(),
                        usual.keys(),
                        Duration.ofMillis(1),
                        Duration.ofSeconds(30),
                        5 << 20));
    }

    @Override
    public void afterEach(ExtensionContext test) {
        calm();
    }

    @Override
    public void afterAll(ExtensionContext tests) throws Exception {
        proxy.stop();
    }
}
