package dev.sluice.workflows.model.cluster;

/**
 * Who is told of what a person should know.
 *
 * @param webhook the secret that holds the URL; whoever knows it may post there
 */
public record NotificationSettings(SecretName webhook, WebhookFormat form) {
    /** What the other side understands. */
    public enum WebhookFormat {
        JSON,
        SLACK
    }
}
