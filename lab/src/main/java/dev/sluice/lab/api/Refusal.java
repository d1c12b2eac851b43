package dev.sluice.lab.api;

/** An answer without effect: a status of 400 and above, in the API's own form. */
final class Refusal extends RuntimeException {
    private final int status;
    private final String id;
    private final int retryAfterSeconds;

    Refusal(int status, String id, String message, int retryAfterSeconds) {
        super(message, null, false, false);
        this.status = status;
        this.id = id;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    static Refusal badRequest(String message) {
        return new Refusal(400, "bad_request", message, 0);
    }

    static Refusal unauthorized() {
        return new Refusal(401, "unauthorized", "Unable to authenticate you", 0);
    }

    static Refusal forbidden(String message) {
        return new Refusal(403, "forbidden", message, 0);
    }

    static Refusal notFound() {
        return new Refusal(404, "not_found", "The resource you were accessing could not be found.", 0);
    }

    static Refusal conflict(String message) {
        return new Refusal(409, "conflict", message, 0);
    }

    static Refusal preconditionFailed(String message) {
        return new Refusal(412, "precondition_failed", message, 0);
    }

    static Refusal unprocessable(String message) {
        return new Refusal(422, "unprocessable_entity", message, 0);
    }

    static Refusal tooManyRequests(int retryAfterSeconds) {
        return new Refusal(429, "too_many_requests", "API Rate limit exceeded.", Math.max(0, retryAfterSeconds));
    }

    static Refusal unavailable() {
        return new Refusal(503, "service_unavailable", "Service is unavailable. Please try again later.", 0);
    }

    Answer answer(String requestId) {
        var body = Json.object().put("id", id).put("message", getMessage()).put("request_id", requestId);
        // The newer half of the API words a 400 in another way; both stand here.
        if (status == 400) body.put("error", getMessage()).putArray("root_causes");
        return new Answer(status, body, retryAfterSeconds);
    }

    int status() {
        return status;
    }
}
