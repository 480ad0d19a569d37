package dev.isogloss.operator.views;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.StepScore;
import dev.isogloss.operator.StepFixtures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepReportTest {

    @Test
    void a_result_is_read_to_the_last_digit() {
        assertThat(StepReport.read(StepFixtures.resultOf(StepFixtures.KEY)))
                .isEqualTo(new StepReport.Result(
                        StepFixtures.KEY,
                        false,
                        List.of(new StepScore("de", "test", "Accuracy", "0.8125", 16)),
                        Map.of("seconds", "1.5"),
                        Map.of(),
                        null,
                        0));
    }

    @Test
    void a_packed_result_is_the_same_result() throws IOException {
        String packed = Base64.getEncoder().encodeToString(gzip(StepFixtures.resultOf(StepFixtures.KEY)));

        assertThat(StepReport.read("{\"gzip\":\"" + packed + "\"}"))
                .isEqualTo(StepReport.read(StepFixtures.resultOf(StepFixtures.KEY)));
    }

    @Test
    void scores_that_did_not_fit_are_counted() {
        assertThat(StepReport.read("{\"key\":\"k\",\"scores\":[],\"scoresLeftOut\":700}"))
                .isEqualTo(new StepReport.Result("k", false, List.of(), Map.of(), Map.of(), null, 700));
    }

    @Test
    void a_complaint_is_a_sentence() {
        assertThat(StepReport.read("{\"error\":\"There is no file a.jsonl.\"}"))
                .isEqualTo(new StepReport.Complaint("There is no file a.jsonl."));
    }

    @Test
    void nothing_is_silence() {
        assertThat(StepReport.read(null)).isEqualTo(new StepReport.Silence());
        assertThat(StepReport.read(" \n")).isEqualTo(new StepReport.Silence());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SIGSEGV in libtorch",
                "[1,2]",
                "{\"key\":",
                "{}",
                "{\"gzip\":\"!!\"}",
                "{\"gzip\":\"aGVsbG8=\"}",
                "12",
                "{\"key\":\"k\",\"scores\":[{\"language\":\"de\",\"split\":\"test\",\"metric\":\"F1\",\"value\":\"n/a\"}]}",
                "{\"key\":\"k\",\"scores\":[{\"split\":\"test\",\"metric\":\"F1\",\"value\":0.5}]}",
                "{\"key\":\"k\",\"scores\":[7]}"
            })
    void anything_else_is_kept_as_it_is(String message) {
        assertThat(StepReport.read(message)).isEqualTo(new StepReport.Unreadable(message));
    }

    @Test
    void a_text_that_unpacks_without_end_does_not_fill_the_memory() throws IOException {
        String bomb = Base64.getEncoder().encodeToString(gzip(" ".repeat(50_000_000)));

        assertThat(StepReport.read("{\"gzip\":\"" + bomb + "\"}")).isInstanceOf(StepReport.Unreadable.class);
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
