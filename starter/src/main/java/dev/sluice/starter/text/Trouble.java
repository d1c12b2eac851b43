package dev.sluice.starter.text;

/** Why a command cannot go on: a sentence for the operator and the exit code that goes with it. */
public final class Trouble extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int exitCode;

    public Trouble(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    public Trouble(int exitCode, String sentence, Throwable cause) {
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
