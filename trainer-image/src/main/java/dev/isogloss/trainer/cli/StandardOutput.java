package dev.isogloss.trainer.cli;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Standard output that remembers why it could not be written, which a [PrintStream] forgets.
final class StandardOutput extends PrintStream {
    private final Remembering stream;

    /// @param stream each line goes there at once
    StandardOutput(OutputStream stream, Charset charset) {
        this(new Remembering(stream), charset);
    }

    private StandardOutput(Remembering stream, Charset charset) {
        super(new BufferedOutputStream(stream), true, charset); // a line is written at once
        this.stream = stream;
    }

    /// Why a part of what was printed is lost; empty where nothing is, or where nobody reads any more (`| head`).
    Optional<IOException> failure() {
        flush();
        return Optional.ofNullable(stream.failure)
                .filter(failure -> !String.valueOf(failure.getMessage()).contains("Broken pipe"));
    }

    private static final class Remembering extends FilterOutputStream {
        private @Nullable IOException failure;

        private Remembering(OutputStream stream) {
            super(stream);
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            try {
                out.write(bytes, from, count);
            } catch (IOException failed) {
                if (failure == null) failure = failed;
                throw failed;
            }
        }
    }
}
