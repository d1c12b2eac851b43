package dev.sluice.workflows.model;

/**
 * Who is told of what a person should know.
 *
 * @param webhook the secret that holds the URL; whoever knows it may post there
 */
public record Notices(SecretName webhook, Form form) {
    /** What the other side understands. */
    public enum Form {
        JSON,
        SLACK
    }
}
