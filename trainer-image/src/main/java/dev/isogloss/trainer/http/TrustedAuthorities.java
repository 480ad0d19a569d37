package dev.isogloss.trainer.http;

import dev.isogloss.api.InvalidInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// Certificates of an organisation's own authority, which sign its servers or what its proxy opens. They come as text
/// and not as a file: a Secret reaches a pod as an environment variable.
record TrustedAuthorities(List<Certificate> certificates) {
    static final String VARIABLE = "ISOGLOSS_CA_CERTIFICATES";

    /// @throws InvalidInput if the text holds no certificate
    static TrustedAuthorities parse(String pem) {
        try {
            var read = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1)));
            if (read.isEmpty()) throw new CertificateException("no certificate");
            return new TrustedAuthorities(List.copyOf(read));
        } catch (CertificateException e) {
            throw new InvalidInput(
                    ("%s holds no certificate that can be read. It has to be the text of a PEM file and not its name:"
                                    + " lines between -----BEGIN CERTIFICATE----- and -----END CERTIFICATE-----.")
                            .formatted(VARIABLE),
                    e);
        }
    }

    /// Trusts them, and whom Java trusts.
    SSLContext context() {
        try {
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            List<Certificate> trusted = new ArrayList<>(certificates);
            for (X509TrustManager manager : managers(null)) trusted.addAll(List.of(manager.getAcceptedIssuers()));
            for (int i = 0; i < trusted.size(); i++) all.setCertificateEntry(String.valueOf(i), trusted.get(i));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(all).toArray(X509TrustManager[]::new), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Java cannot trust certificates: " + e.getMessage(), e);
        }
    }

    private static List<X509TrustManager> managers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .toList();
    }
}
