package dev.sluice.activities.ssh;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Bytes in the SSH wire format (RFC 4251 §5): numbers big-endian, strings with their length before them. */
final class SshBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    SshBytes raw(byte[] value) {
        bytes.writeBytes(value);
        return this;
    }

    SshBytes number(int value) {
        return raw(ByteBuffer.allocate(4).putInt(value).array());
    }

    SshBytes number(long value) {
        return raw(ByteBuffer.allocate(8).putLong(value).array());
    }

    SshBytes string(byte[] value) {
        return number(value.length).raw(value);
    }

    SshBytes string(String value) {
        return string(value.getBytes(StandardCharsets.UTF_8));
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    int size() {
        return bytes.size();
    }

    /** The next string of a buffer. */
    static byte[] string(ByteBuffer from) {
        int length = from.remaining() < 4 ? -1 : from.getInt();
        if (length < 0 || length > from.remaining()) {
            throw new IllegalArgumentException("the text is cut off");
        }
        byte[] value = new byte[length];
        from.get(value);
        return value;
    }
}
