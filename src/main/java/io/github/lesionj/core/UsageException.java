package io.github.lesionj.core;

/** The user asked for something that cannot be done as it was asked: an unknown key, value, model or file. Exit status 2. */
public class UsageException extends LesionJException {

    private static final long serialVersionUID = 1L;

    public UsageException(String sentence) {
        super(sentence);
    }

    public UsageException(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    @Override
    public ExitStatus exitStatus() {
        return ExitStatus.USAGE;
    }
}
