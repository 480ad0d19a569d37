package dev.isogloss.trainer.tensor;

import java.util.List;

/// Features of a processor, from `/proc/cpuinfo`.
final class Processors {

    private Processors() {}

    /// True if products of matrices take less time in bfloat16 than in float32. Measured with oneDNN and MKL: 5 to 6
    /// times as fast with AMX, 1.4 to 2 times on AMD's Zen 4, half as fast on Intel's without AMX, where the flag
    /// `avx512_bf16` would promise more. ARM's with `bf16` are taken to gain; none was measured.
    static boolean gainsFromBFloat16(List<String> information) {
        return haveMatrixUnits(information)
                || (says(information, "vendor_id", "AuthenticAMD") && says(information, "flags", "avx512_bf16"))
                || says(information, "Features", "bf16");
    }

    /// True if oneDNN multiplies in float32 faster than MKL does, which keeps AVX-512 to Intel's processors: more than
    /// twice as fast on AMD's Zen 5.
    static boolean multiplyByOneDnn(List<String> information) {
        return says(information, "vendor_id", "AuthenticAMD") && says(information, "flags", "avx512f");
    }

    static boolean haveMatrixUnits(List<String> information) {
        return says(information, "flags", "amx_bf16");
    }

    private static boolean says(List<String> information, String key, String word) {
        return information.stream().filter(line -> line.startsWith(key)).anyMatch(line -> List.of(
                        line.substring(line.indexOf(':') + 1).strip().split(" "))
                .contains(word));
    }
}
