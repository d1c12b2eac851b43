package dev.sluice.lab.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The account's SSH keys. */
final class Keys {
    record Key(long id, String name, String publicKey, String fingerprint) {
        ObjectNode json() {
            return Json.object()
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

    private final List<Key> keys = new ArrayList<>();
    private final Clock clock;
    private final Window listings;
    private long nextId = 40_000_001;

    Keys(Clock clock, int listingsPerMinute) {
        this.clock = clock;
        this.listings = new Window(listingsPerMinute, Duration.ofMinutes(1));
    }

    Answer list(Call call) {
        var now = clock.instant();
        if (listings.remaining(now) <= 0) throw Refusal.tooManyRequests(listings.waitSeconds(now));
        listings.use(now);
        return Page.of(call, "ssh_keys", keys, Key::json);
    }

    List<String> names() {
        return keys.stream().map(Key::name).toList();
    }

    Answer create(Call call) {
        String name = call.required("name", "Name can't be blank");
        String text = call.required("public_key", "Key can't be blank").strip();
        String fingerprint = fingerprint(text);
        if (keys.stream().anyMatch(key -> key.fingerprint().equals(fingerprint)))
            throw Refusal.unprocessable("SSH Key is already in use on your account");
        var key = new Key(nextId++, name, text, fingerprint);
        keys.add(key);
        return Answer.of(201, "ssh_key", key.json());
    }

    Answer get(Call call) {
        return Answer.ok("ssh_key", called(call).json());
    }

    Answer rename(Call call) {
        Key old = called(call);
        var renamed =
                new Key(old.id(), call.required("name", "Name can't be blank"), old.publicKey(), old.fingerprint());
        keys.set(keys.indexOf(old), renamed);
        return Answer.ok("ssh_key", renamed.json());
    }

    Answer delete(Call call) {
        keys.remove(called(call));
        return Answer.noContent();
    }

    /** The public keys of these ids or fingerprints, in authorized_keys form. */
    List<String> publicKeys(List<String> identifiers) {
        return identifiers.stream()
                .map(identifier -> find(identifier)
                        .orElseThrow(() -> Refusal.unprocessable(
                                identifier + " are invalid key identifiers for Droplet creation."))
                        .publicKey())
                .toList();
    }

    private Key called(Call call) {
        return find(call.text("key")).orElseThrow(Refusal::notFound);
    }

    private Optional<Key> find(String identifier) {
        return keys.stream().filter(key -> key.isCalled(identifier)).findFirst();
    }

    /** MD5 with colons: what the API has always shown. */
    private static String fingerprint(String publicKey) {
        var form = FORM.matcher(publicKey);
        if (!form.matches()) throw invalid();
        try {
            byte[] blob = Base64.getDecoder().decode(form.group(2));
            return HexFormat.ofDelimiter(":")
                    .formatHex(MessageDigest.getInstance("MD5").digest(blob));
        } catch (IllegalArgumentException e) {
            throw invalid();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Refusal invalid() {
        return Refusal.unprocessable("Key invalid, key should be of the format `type key [comment]`");
    }
}
