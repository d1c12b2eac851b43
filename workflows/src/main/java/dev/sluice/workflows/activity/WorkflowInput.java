package dev.sluice.workflows.activity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.google.protobuf.ByteString;
import dev.sluice.workflows.model.cluster.MissingParts;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import io.temporal.common.converter.RawValue;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one boundary for what signals and updates bring. A handler takes a raw payload, which always arrives, and decodes it
 * here: an exception out of a handler would fail the workflow task for ever.
 */
public final class WorkflowInput {
    private static final ByteString JSON = ByteString.copyFromUtf8("json/plain");
    private static final int LARGEST = 256 * 1024;
    private static final ObjectMapper MAPPER = strictMapper();

    private WorkflowInput() {}

    /** An input that cannot be used; its message names what is wrong. */
    public static final class InvalidInputException extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidInputException(String message) {
            super(message);
        }
    }

    /** Returns the payload of a value, for a typed stub. */
    public static RawValue of(Object value) {
        return new RawValue(
                DefaultDataConverter.STANDARD_INSTANCE.toPayload(value).orElseThrow());
    }

    /** Returns the value, of which no part is missing. */
    public static <T> T decode(@Nullable RawValue input, Class<T> type) throws InvalidInputException {
        if (input == null) {
            throw new InvalidInputException("it is empty");
        }
        Payload payload = input.getPayload();
        if (!JSON.equals(payload.getMetadataMap().get("encoding"))) {
            throw new InvalidInputException("it is not JSON");
        }
        if (payload.getData().size() > LARGEST) {
            throw new InvalidInputException("it has %d bytes, at most %d are read"
                    .formatted(payload.getData().size(), LARGEST));
        }
        return complete(read(payload, type), type);
    }

    private static <T> @Nullable T read(Payload payload, Class<T> type) throws InvalidInputException {
        try {
            return MAPPER.readValue(payload.getData().toByteArray(), type);
        } catch (JsonProcessingException wrong) {
            throw new InvalidInputException(
                    wrong.getCause() instanceof IllegalArgumentException checked
                            ? bounded(String.valueOf(checked.getMessage()))
                            : "it is not of the form of %s".formatted(type.getSimpleName()));
        } catch (IOException impossible) {
            throw new IllegalStateException("An array of bytes can be read", impossible);
        }
    }

    private static <T> T complete(@Nullable T value, Class<T> type) throws InvalidInputException {
        Optional<String> missing = MissingParts.find(type.getSimpleName(), value);
        if (value == null || missing.isPresent()) {
            throw new InvalidInputException(missing.orElse(type.getSimpleName()) + " is missing");
        }
        return value;
    }

    private static String bounded(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= 200 ? line : line.substring(0, 200) + "…";
    }

    private static ObjectMapper strictMapper() {
        ObjectMapper mapper = JacksonJsonPayloadConverter.newDefaultObjectMapper();
        mapper.enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
        mapper.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        mapper.coercionConfigFor(LogicalType.Boolean)
                .setCoercion(CoercionInputShape.String, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
        return mapper;
    }
}
