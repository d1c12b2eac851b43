package dev.sluice.lab.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A request that the API refuses without effect: a status of 400 and above, and the error body. */
public final class ApiErrorException extends RuntimeException {
    private final int status;
    private final String id;
    private final int retryAfterSeconds;

    public ApiErrorException(int status, String id, String message, int retryAfterSeconds) {
        super(message, null, false, false);
        this.status = status;
        this.id = id;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    public static ApiErrorException badRequest(String message) {
        return new ApiErrorException(400, "bad_request", message, 0);
    }

    public static ApiErrorException unauthorized() {
        return new ApiErrorException(401, "unauthorized", "Unable to authenticate you", 0);
    }

    public static ApiErrorException forbidden(String message) {
        return new ApiErrorException(403, "forbidden", message, 0);
    }

    public static ApiErrorException notFound() {
        return new ApiErrorException(404, "not_found", "The resource you were accessing could not be found.", 0);
    }

    public static ApiErrorException conflict(String message) {
        return new ApiErrorException(409, "conflict", message, 0);
    }

    public static ApiErrorException preconditionFailed(String message) {
        return new ApiErrorException(412, "precondition_failed", message, 0);
    }

    public static ApiErrorException unprocessable(String message) {
        return new ApiErrorException(422, "unprocessable_entity", message, 0);
    }

    public static ApiErrorException tooManyRequests(int retryAfterSeconds) {
        return new ApiErrorException(
                429, "too_many_requests", "API Rate limit exceeded.", Math.max(0, retryAfterSeconds));
    }

    public static ApiErrorException unavailable() {
        return new ApiErrorException(503, "service_unavailable", "Service is unavailable. Please try again later.", 0);
    }

    public ApiResponse answer(String requestId) {
        ObjectNode body =
                ApiJson.object().put("id", id).put("message", getMessage()).put("request_id", requestId);
        // The newer half of the API has other keys for a 400; the body has both.
        if (status == 400) {
            body.put("error", getMessage()).putArray("root_causes");
        }
        return new ApiResponse(status, body, retryAfterSeconds);
    }

    int status() {
        return status;
    }
}
