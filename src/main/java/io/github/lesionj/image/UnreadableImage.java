package io.github.lesionj.image;

import io.github.lesionj.core.LesionJException;
import java.io.EOFException;
import java.nio.file.Path;

/** Sentences about files that cannot be read. */
final class UnreadableImage {

    private UnreadableImage() {
    }

    static LesionJException damaged(Path file, String what) {
        return new LesionJException("Cannot read " + file + ": " + what + ". The file is damaged or incomplete; get it again from its source.");
    }

    static LesionJException damaged(Path file, Throwable cause) {
        return new LesionJException("Cannot read " + file + ": " + reason(cause)
            + ". The file is damaged or incomplete; get it again from its source.", cause);
    }

    static LesionJException tooLarge(Path file, long bytes) {
        return new LesionJException("Cannot read " + file + ": it needs " + (bytes >> 20) + " MB of memory, and Java may use "
            + (Runtime.getRuntime().maxMemory() >> 20) + " MB. Give ImageJ more memory (Edit > Options > Memory & Threads) or"
            + " use a smaller version of the image.");
    }

    static LesionJException refused(Path file, String sentence) {
        return new LesionJException("Cannot use " + file + ": " + sentence);
    }

    /** What went wrong in the words of the reader, on one line; in ours where it stumbled over what it did not foresee. */
    static String reason(Throwable cause) {
        Throwable deepest = cause;
        while (deepest.getMessage() == null && deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        if (deepest instanceof EOFException) {
            return "it ends too early";
        }
        if (deepest.getMessage() == null || deepest instanceof ArithmeticException || deepest instanceof IndexOutOfBoundsException
                || deepest instanceof NegativeArraySizeException || deepest instanceof NullPointerException) {
            return "what its header says does not fit together";
        }
        return deepest.getMessage().strip().replaceAll("\\s+", " ").replaceAll("[.:!]+$", "");
    }

    /** Refuses to start what cannot fit into memory. */
    static void checkMemory(Path file, long bytes) {
        if (bytes > Runtime.getRuntime().maxMemory() * 0.8 || bytes > Integer.MAX_VALUE - 16L) {
            throw tooLarge(file, bytes);
        }
    }
}
