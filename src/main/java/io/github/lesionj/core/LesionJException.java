package io.github.lesionj.core;

/**
 * A failure that is told to the user as one sentence.
 *
 * <p>The message says what went wrong, where (a path, a key, an item's name), and what to do about it; it is shown as it
 * stands, so it holds no class names and no line breaks. A command that ends with this exception has exit status 1.
 */
public class LesionJException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LesionJException(String sentence) {
        super(sentence);
    }

    public LesionJException(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /** The status that a command ends with when this exception reaches its end. */
    public ExitStatus exitStatus() {
        return ExitStatus.FAILED;
    }
}
