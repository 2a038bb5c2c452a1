package io.github.lesionj.core;

import java.nio.ByteBuffer;

/** The element types of {@link Npy} arrays. */
public enum NpyType {
    BOOL("|b1", 1),
    INT8("|i1", 1),
    UINT8("|u1", 1),
    INT16("<i2", 2),
    UINT16("<u2", 2),
    INT32("<i4", 4),
    UINT32("<u4", 4),
    INT64("<i8", 8),
    FLOAT32("<f4", 4),
    FLOAT64("<f8", 8);

    private final String description;
    private final int bytes;

    NpyType(String description, int bytes) {
        this.description = description;
        this.bytes = bytes;
    }

    /** NumPy's name of it, with the byte order, such as {@code <f4}. */
    public String description() {
        return description;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    double read(ByteBuffer buffer, int index) {
        int at = index * bytes;
        return switch (this) {
            case BOOL, INT8 -> buffer.get(at);
            case UINT8 -> buffer.get(at) & 0xff;
            case INT16 -> buffer.getShort(at);
            case UINT16 -> buffer.getShort(at) & 0xffff;
            case INT32 -> buffer.getInt(at);
            case UINT32 -> buffer.getInt(at) & 0xffffffffL;
            case INT64 -> buffer.getLong(at);
            case FLOAT32 -> buffer.getFloat(at);
            case FLOAT64 -> buffer.getDouble(at);
        };
    }

    static NpyType ofDescription(String description, String name) {
        for (NpyType type : values()) {
            boolean oneByte = type.bytes == 1 && description.endsWith(type.description.substring(1))
                && description.length() == type.description.length();
            if (oneByte || type.description.equals(description)) {
                return type;
            }
        }
        throw new UsageException("Cannot read " + name + ": its elements are of the type " + description
            + ", which is not supported. Save it as uint8, int64, float32 or float64, little endian.");
    }
}
