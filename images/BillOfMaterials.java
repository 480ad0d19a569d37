import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Adds to a bill of materials (CycloneDX) what an image holds beside Maven's artefacts: the Java run time, the C library
/// and libtorch with its files. `java -cp 'LIB/*' BillOfMaterials.java BOM ROOT GLIBC [LIBTORCH]`, where GLIBC is the first
/// line of `ldd --version` and LIBTORCH its version and flavour, such as `2.7.1 cpu`.
public final class BillOfMaterials {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final Pattern GLIBC = Pattern.compile("\\(([^)]*)\\) ([0-9.]+)");

    private BillOfMaterials() {}

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        Path root = Path.of(arguments[1]);
        ObjectNode bom = (ObjectNode) JSON.readTree(file.toFile());
        ArrayNode components = bom.withArray("components");
        java(components, root.resolve("opt/java/release"));
        glibc(components, arguments[2]);
        if (arguments.length > 3) libtorch(components, arguments[3], root.resolve("opt/isogloss/libtorch"));
        Files.writeString(file, JSON.writeValueAsString(bom) + "\n");
    }

    private static void java(ArrayNode components, Path release) throws IOException {
        Properties said = new Properties();
        try (var in = Files.newBufferedReader(release)) {
            said.load(in);
        }
        String version = said.getProperty("JAVA_VERSION").replace("\"", "");
        ObjectNode java = component(components, "platform", "openjdk", version);
        java.put("cpe", "cpe:2.3:a:oracle:openjdk:%s:*:*:*:*:*:*:*".formatted(version));
        for (String name : List.of("JAVA_RUNTIME_VERSION", "IMPLEMENTOR", "MODULES"))
            if (said.containsKey(name))
                java.withArray("properties")
                        .addObject()
                        .put("name", name)
                        .put("value", said.getProperty(name).replace("\"", ""));
    }

    /// @param said `ldd (Debian GLIBC 2.36-9+deb12u10) 2.36`
    private static void glibc(ArrayNode components, String said) {
        Matcher parts = GLIBC.matcher(said);
        if (!parts.find()) throw new IllegalArgumentException("no version of glibc: " + said);
        ObjectNode glibc = component(components, "library", "glibc", parts.group(2));
        glibc.put("cpe", "cpe:2.3:a:gnu:glibc:%s:*:*:*:*:*:*:*".formatted(parts.group(2)));
        glibc.withArray("properties").addObject().put("name", "package").put("value", parts.group(1));
    }

    /// What its files hold (MKL, oneDNN, cuDNN) has no list of its own; their names and digests say which they are.
    private static void libtorch(ArrayNode components, String version, Path folder) throws IOException {
        ObjectNode libtorch = component(components, "library", "libtorch", version.replace(' ', '+'));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList())
                libtorch.withArray("components")
                        .addObject()
                        .put("type", "file")
                        .put("name", file.getFileName().toString())
                        .withArray("hashes")
                        .addObject()
                        .put("alg", "SHA-256")
                        .put("content", sha256(file));
        }
    }

    private static ObjectNode component(ArrayNode components, String type, String name, String version) {
        String reference = "pkg:generic/" + name + "@" + version;
        return components.addObject()
                .put("type", type)
                .put("bom-ref", reference)
                .put("name", name)
                .put("version", version)
                .put("purl", reference);
    }

    private static String sha256(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) digest.update(buffer, 0, read);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
