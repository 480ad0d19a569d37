package dev.isogloss.chart;

import java.net.URI;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobApiMetadata;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;

/// A server of S3 with one bucket, `lab`, which it keeps in memory. It checks the signature of every request, body
/// included.
///
///     java dev.isogloss.chart.S3Server PORT ID SECRET
final class S3Server {
    private S3Server() {}

    public static void main(String... arguments) throws Exception {
        String id = arguments[1];
        String secret = arguments[2];
        BlobStore blobs = ContextBuilder.newBuilder(new TransientNio2BlobApiMetadata())
                .credentials(id, secret)
                .overrides(new Properties())
                .build(BlobStoreContext.class)
                .getBlobStore();
        blobs.createContainerInLocation(null, "lab");
        S3Proxy.builder()
                .blobStore(blobs)
                .endpoint(URI.create("http://0.0.0.0:" + arguments[0]))
                .awsAuthentication(AuthenticationType.AWS_V4, id, secret)
                .build()
                .start();
    }
}
