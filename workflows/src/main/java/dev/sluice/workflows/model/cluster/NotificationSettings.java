package dev.sluice.workflows.model.cluster;

/**
 * Where notices are sent.
 *
 * @param webhook the secret that holds the URL, since knowledge of the URL permits to post
 */
public record NotificationSettings(SecretName webhook, WebhookFormat form) {
    /** The format that the webhook accepts. */
    public enum WebhookFormat {
        JSON,
        SLACK
    }
}
