package dev.isogloss.trainer.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/// The contents of a gzip file, all members of it one after the other.
///
/// The JDK's own stream ends in silence where a later member has no whole header, and takes what is missing for
/// nothing. Here only zeros may follow the last member, as tapes and some archivers leave them.
final class GzipMembers extends InputStream {
    private static final int BUFFER = 1 << 16;
    private static final int HEADER_CHECKSUM = 2;
    private static final int EXTRA_FIELD = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private final PushbackInputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] buffer = new byte[BUFFER];
    private int filled;
    private boolean ended;

    /// @throws ZipException if this is no gzip
    GzipMembers(InputStream in) throws IOException {
        this.in = new PushbackInputStream(in, BUFFER);
        readHeader();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        try {
            while (!ended) {
                int count = inflater.inflate(into, at, length);
                if (count > 0) {
                    checksum.update(into, at, count);
                    return count;
                }
                if (inflater.finished()) nextMember();
                else if (inflater.needsDictionary()) throw new ZipException("it asks for a dictionary");
                else fill();
            }
            return -1;
        } catch (DataFormatException e) {
            throw (ZipException) new ZipException(String.valueOf(e.getMessage())).initCause(e);
        }
    }

    private void fill() throws IOException {
        filled = in.read(buffer, 0, BUFFER);
        if (filled < 0) throw new EOFException();
        inflater.setInput(buffer, 0, filled);
    }

    private void nextMember() throws IOException {
        int left = inflater.getRemaining();
        in.unread(buffer, filled - left, left);
        long expected = number(4);
        long size = number(4);
        if (expected != checksum.getValue() || size != (inflater.getBytesWritten() & 0xffffffffL))
            throw new ZipException("its checksum is not that of its contents");
        int next = in.read();
        if (next <= 0) {
            ended = true;
            while (next == 0) next = in.read();
            if (next > 0) throw new ZipException("something else follows the compressed data");
            return;
        }
        in.unread(next);
        readHeader();
        inflater.reset();
        checksum.reset();
    }

    private void readHeader() throws IOException {
        if (number(2) != 0x8b1f) throw new ZipException("something else stands where compressed data should begin");
        if (number(1) != 8) throw new ZipException("it is compressed in an unknown way");
        long flags = number(1);
        number(4); // when it was made
        number(2); // how, and where
        if ((flags & EXTRA_FIELD) != 0) in.skipNBytes(number(2));
        if ((flags & NAME) != 0) while (number(1) != 0) {}
        if ((flags & COMMENT) != 0) while (number(1) != 0) {}
        if ((flags & HEADER_CHECKSUM) != 0) number(2);
    }

    /// A number of so many bytes, the lowest first.
    private long number(int bytes) throws IOException {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            int next = in.read();
            if (next < 0) throw new EOFException();
            number |= (long) next << 8 * i;
        }
        return number;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
