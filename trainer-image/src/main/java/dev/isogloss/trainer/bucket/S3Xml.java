package dev.isogloss.trainer.bucket;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The little XML that S3 answers with: flat elements without attributes that matter. A parser for all of XML would be
/// two megabytes of the image.
record S3Xml(String text) {
    private static final Pattern ENTITY = Pattern.compile("&(?:#(\\d+)|#x([0-9a-fA-F]+)|(lt|gt|amp|quot|apos));");

    static S3Xml of(byte[] bytes) {
        return new S3Xml(new String(bytes, StandardCharsets.UTF_8));
    }

    /// The insides of all elements of that name.
    List<S3Xml> all(String name) {
        return Pattern.compile("<%s(?:\\s[^>]*)?>(.*?)</%s>".formatted(name, name), Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(found -> new S3Xml(found.group(1)))
                .toList();
    }

    /// The text of the first element of that name.
    Optional<String> first(String name) {
        return all(name).stream().findFirst().map(inside -> unescaped(inside.text()));
    }

    private static String unescaped(String text) {
        return ENTITY.matcher(text).replaceAll(found -> Matcher.quoteReplacement(entity(found)));
    }

    private static String entity(MatchResult found) {
        if (found.group(1) != null) return Character.toString(Integer.parseInt(found.group(1)));
        if (found.group(2) != null) return Character.toString(Integer.parseInt(found.group(2), 16));
        return switch (found.group(3)) {
            case "lt" -> "<";
            case "gt" -> ">";
            case "quot" -> "\"";
            case "apos" -> "'";
            default -> "&";
        };
    }

    /// A name in a listing that was asked for with `encoding-type=url`, which not every server heeds.
    String name(S3Xml listed, String element) {
        String name = listed.first(element).orElse("");
        return first("EncodingType").filter("url"::equals).isPresent()
                ? URLDecoder.decode(name, StandardCharsets.UTF_8)
                : name;
    }
}
