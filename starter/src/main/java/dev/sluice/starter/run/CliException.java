package dev.sluice.starter.run;

/** Ends a command with a sentence for the operator and an exit code. */
public final class CliException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int exitCode;

    public CliException(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    public CliException(int exitCode, String sentence, Throwable cause) {
        super(sentence, cause);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }

    public String sentence() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
