package dev.sluice.lab.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.api.ApiErrorException;
import dev.sluice.lab.api.ApiJson;
import dev.sluice.lab.api.ApiOperation;
import dev.sluice.lab.api.ApiResponse;
import dev.sluice.lab.api.LabRequestWindow;
import dev.sluice.lab.api.ResultPage;
import dev.sluice.lab.api.RoutedRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The account's SSH keys. */
public final class SshKeyOperations {
    record SshKey(long id, String name, String publicKey, String fingerprint) {
        ObjectNode json() {
            return ApiJson.object()
                    .put("id", id)
                    .put("fingerprint", fingerprint)
                    .put("public_key", publicKey)
                    .put("name", name);
        }

        boolean isCalled(String identifier) {
            return identifier.equals(fingerprint) || identifier.equals(Long.toString(id));
        }
    }

    private static final Pattern FORM = Pattern.compile(
            "(ssh-[a-z0-9-]+|ecdsa-sha2-[a-z0-9-]+|sk-[a-z0-9@.-]+) " + "([A-Za-z0-9+/]{40,}={0,2})( [^\\n]*)?");

    private final List<SshKey> keys = new ArrayList<>();
    private final Clock clock;
    private final LabRequestWindow listings;
    private long nextId = 40_000_001;

    public SshKeyOperations(Clock clock, int listingsPerMinute) {
        this.clock = clock;
        this.listings = new LabRequestWindow(listingsPerMinute, Duration.ofMinutes(1));
    }

    public List<ApiOperation> operations() {
        return List.of(
                ApiOperation.get("/v2/account/keys", "limited to 10 in 60 s", this::list),
                ApiOperation.post("/v2/account/keys", "", this::create),
                ApiOperation.get("/v2/account/keys/{key}", "by id or fingerprint", this::get),
                ApiOperation.put("/v2/account/keys/{key}", "renames", this::rename),
                ApiOperation.delete("/v2/account/keys/{key}", "", this::delete));
    }

    private ApiResponse list(RoutedRequest call) {
        Instant now = clock.instant();
        if (listings.remaining(now) <= 0) {
            throw ApiErrorException.tooManyRequests(listings.waitSeconds(now));
        }
        listings.addUse(now);
        return ResultPage.respond(call, "ssh_keys", keys, SshKey::json);
    }

    public List<String> names() {
        return keys.stream().map(SshKey::name).toList();
    }

    private ApiResponse create(RoutedRequest call) {
        String name = call.requireText("name", "Name can't be blank");
        String text = call.requireText("public_key", "Key can't be blank").strip();
        String fingerprint = fingerprint(text);
        if (keys.stream().anyMatch(key -> key.fingerprint().equals(fingerprint))) {
            throw ApiErrorException.unprocessable("SSH Key is already in use on your account");
        }
        SshKey key = new SshKey(nextId++, name, text, fingerprint);
        keys.add(key);
        return ApiResponse.of(201, "ssh_key", key.json());
    }

    private ApiResponse get(RoutedRequest call) {
        return ApiResponse.ok("ssh_key", called(call).json());
    }

    private ApiResponse rename(RoutedRequest call) {
        SshKey old = called(call);
        SshKey renamed = new SshKey(
                old.id(), call.requireText("name", "Name can't be blank"), old.publicKey(), old.fingerprint());
        keys.set(keys.indexOf(old), renamed);
        return ApiResponse.ok("ssh_key", renamed.json());
    }

    private ApiResponse delete(RoutedRequest call) {
        keys.remove(called(call));
        return ApiResponse.noContent();
    }

    /** Returns the public keys of these ids or fingerprints, in authorized_keys form. */
    public List<String> publicKeys(List<String> identifiers) {
        return identifiers.stream()
                .map(identifier -> find(identifier)
                        .orElseThrow(() -> ApiErrorException.unprocessable(
                                identifier + " are invalid key identifiers for Droplet creation."))
                        .publicKey())
                .toList();
    }

    private SshKey called(RoutedRequest call) {
        return find(call.pathVariable("key")).orElseThrow(ApiErrorException::notFound);
    }

    private Optional<SshKey> find(String identifier) {
        return keys.stream().filter(key -> key.isCalled(identifier)).findFirst();
    }

    /** MD5 with colons, as the API shows it. */
    private static String fingerprint(String publicKey) {
        Matcher form = FORM.matcher(publicKey);
        if (!form.matches()) {
            throw invalid();
        }
        try {
            byte[] blob = Base64.getDecoder().decode(form.group(2));
            return HexFormat.ofDelimiter(":")
                    .formatHex(MessageDigest.getInstance("MD5").digest(blob));
        } catch (IllegalArgumentException failure) {
            throw invalid();
        } catch (NoSuchAlgorithmException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static ApiErrorException invalid() {
        return ApiErrorException.unprocessable("Key invalid, key should be of the format `type key [comment]`");
    }
}
