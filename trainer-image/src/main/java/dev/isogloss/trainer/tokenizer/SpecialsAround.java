package dev.isogloss.trainer.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/// The special tokens that the `post_processor` of a file puts around a single text.
///
/// @param before ids, none if the file puts nothing there
@SuppressWarnings("ArrayRecordComponent") // never compared
record SpecialsAround(int[] before, int[] after) {
    private static final SpecialsAround NONE = new SpecialsAround(new int[0], new int[0]);

    /// @param processor null, of one kind, or several in a sequence, of which each stands around those before it
    static SpecialsAround of(JsonNode processor) {
        return switch (processor.path("type").asText("")) {
            case "TemplateProcessing" -> template(processor.path("single"), processor.path("special_tokens"));
            case "BertProcessing", "RobertaProcessing" ->
                new SpecialsAround(id(processor.path("cls")), id(processor.path("sep")));
            case "Sequence" ->
                StreamSupport.stream(processor.path("processors").spliterator(), false)
                        .map(SpecialsAround::of)
                        .reduce(NONE, (inner, outer) -> outer.around(inner));
            default -> NONE; // ByteLevel, which moves places alone
        };
    }

    private static SpecialsAround template(JsonNode template, JsonNode tokens) {
        IntStream.Builder before = IntStream.builder();
        IntStream.Builder after = IntStream.builder();
        IntStream.Builder side = before;
        for (JsonNode piece : template) {
            if (piece.has("Sequence")) side = after;
            for (JsonNode id :
                    tokens.path(piece.path("SpecialToken").path("id").asText()).path("ids")) side.add(id.asInt());
        }
        return new SpecialsAround(before.build().toArray(), after.build().toArray());
    }

    /// @param token its name and its id
    private static int[] id(JsonNode token) {
        return new int[] {token.path(1).asInt()};
    }

    private SpecialsAround around(SpecialsAround inner) {
        return new SpecialsAround(joined(before, inner.before), joined(inner.after, after));
    }

    private static int[] joined(int[] first, int[] second) {
        return IntStream.concat(IntStream.of(first), IntStream.of(second)).toArray();
    }

    int count() {
        return before.length + after.length;
    }
}
