package dev.isogloss.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorsTest {

    @ParameterizedTest
    @CsvSource({
        "vendor_id : GenuineIntel, flags : fpu avx512_bf16 amx_bf16 amx_tile, true",
        "vendor_id : GenuineIntel, flags : fpu avx512f avx512_bf16, false",
        "vendor_id : AuthenticAMD, flags : fpu avx512f avx512_bf16, true",
        "vendor_id : AuthenticAMD, flags : fpu avx2, false",
        "CPU implementer : 0x41, Features : fp asimd bf16, true",
        "CPU implementer : 0x41, Features : fp asimd svebf16, false",
    })
    void a_processor_gains_from_bfloat16_by_its_kind(String vendor, String flags, boolean gains) {
        assertThat(Processors.gainsFromBFloat16(List.of("processor : 0", vendor, flags)))
                .isEqualTo(gains);
    }

    @ParameterizedTest
    @CsvSource({
        "vendor_id : GenuineIntel, flags : fpu avx512f avx512_bf16 amx_bf16, false",
        "vendor_id : AuthenticAMD, flags : fpu avx2 avx512f, true",
        "vendor_id : AuthenticAMD, flags : fpu avx2, false",
        "CPU implementer : 0x41, Features : fp asimd, false",
    })
    void one_dnn_multiplies_where_the_other_library_leaves_instructions_unused(
            String vendor, String flags, boolean multiplies) {
        assertThat(Processors.multiplyByOneDnn(List.of("processor : 0", vendor, flags)))
                .isEqualTo(multiplies);
    }

    @Test
    void nothing_known_of_a_processor_promises_nothing() {
        assertThat(Processors.gainsFromBFloat16(List.of())).isFalse();
        assertThat(Processors.haveMatrixUnits(List.of())).isFalse();
        assertThat(Processors.multiplyByOneDnn(List.of())).isFalse();
    }
}
