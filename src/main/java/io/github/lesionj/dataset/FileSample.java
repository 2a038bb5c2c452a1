package io.github.lesionj.dataset;

import io.github.lesionj.core.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Checksum of the beginning, the middle and the end of a file, 4 KB each: images of one size and format differ in the middle,
 * compressed ones everywhere.
 */
final class FileSample {

    private static final int BLOCK = 4096;

    private FileSample() {
    }

    static String of(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            Sha256 sha = new Sha256();
            for (long position : new long[] {0, (size - BLOCK) / 2, size - BLOCK}) {
                ByteBuffer block = ByteBuffer.allocate(BLOCK);
                long from = Math.max(0, position);
                while (block.hasRemaining() && channel.read(block, from + block.position()) > 0) {
                    // until the block is full or the file ends
                    continue;
                }
                sha.add(block.array(), 0, block.position());
            }
            return sha.hex();
        }
    }
}
