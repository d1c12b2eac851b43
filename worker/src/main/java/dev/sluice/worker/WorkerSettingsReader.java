package dev.sluice.worker;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@link WorkerSettings} from an environment and reports all errors at once. */
final class WorkerSettingsReader {
    private static final String API = "https://api.digitalocean.com";

    private final Map<String, String> environment;
    private final List<String> errors = new ArrayList<>();

    WorkerSettingsReader(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** The settings; throws IllegalArgumentException with one line for each error. */
    WorkerSettings read() {
        URI api = api();
        String token = token();
        Path sshKey = privateFile("SLUICE_SSH_KEY", 1);
        Path authority = privateFile("SLUICE_HOST_CA", 1);
        Path firstContact = privateFile("SLUICE_FIRST_CONTACT_SECRET", 32);
        Path secrets = directory("SLUICE_SECRETS");
        Optional<String> nameServer = nameServer();
        int port = port();
        if (errors.isEmpty()) {
            try {
                return new WorkerSettings(api, token, sshKey, authority, firstContact, secrets, nameServer, port);
            } catch (IllegalArgumentException wrong) {
                errors.add(wrong.getMessage());
            }
        }
        throw new IllegalArgumentException("The worker's settings are not valid (%d %s):\n  %s"
                .formatted(errors.size(), errors.size() == 1 ? "error" : "errors", String.join("\n  ", errors)));
    }

    private URI api() {
        String text = environment.getOrDefault("SLUICE_DO_API", API);
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && uri.getScheme() != null) {
                return uri;
            }
        } catch (IllegalArgumentException notAUri) {
            // reported below
        }
        errors.add("SLUICE_DO_API: '%s' is not a URL such as %s".formatted(text, API));
        return URI.create(API);
    }

    private String token() {
        String token = environment.getOrDefault("SLUICE_DO_TOKEN", "").strip();
        String file = environment.getOrDefault("SLUICE_DO_TOKEN_FILE", "");
        if (!token.isEmpty()) {
            return token;
        }
        if (file.isEmpty()) {
            errors.add(
                    "SLUICE_DO_TOKEN: not set; set DigitalOcean's token there or the path of its file in SLUICE_DO_TOKEN_FILE");
            return "";
        }
        return content(privateFile("SLUICE_DO_TOKEN_FILE", 1));
    }

    private Path privateFile(String name, int bytes) {
        String value = environment.getOrDefault(name, "");
        Path file = Path.of(value);
        if (value.isEmpty()) {
            errors.add("%s: not set; it names a file (mode 0600)".formatted(name));
        } else {
            PrivateFileCheck files = new PrivateFileCheck();
            files.check(name, file, bytes);
            errors.addAll(files.errors());
        }
        return file;
    }

    /** Returns the content; empty if the file cannot be read, which is reported already. */
    private static String content(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            return "";
        }
    }

    private Path directory(String name) {
        String value = environment.getOrDefault(name, "");
        Path directory = Path.of(value);
        if (value.isEmpty()) {
            errors.add(
                    "%s: not set; it names the directory of the secrets that cluster files refer to".formatted(name));
        } else if (!Files.isDirectory(directory)) {
            errors.add("%s: %s is not a directory".formatted(name, directory));
        }
        return directory;
    }

    private Optional<String> nameServer() {
        Optional<String> server =
                Optional.ofNullable(environment.get("SLUICE_DNS")).filter(text -> !text.isBlank());
        server.filter(text -> !text.matches("[0-9A-Za-z.-]+:[0-9]{1,5}"))
                .ifPresent(text -> errors.add("SLUICE_DNS: '%s' is not host:port".formatted(text)));
        return server;
    }

    private int port() {
        String text = environment.getOrDefault("SLUICE_WORKER_PORT", "0");
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) < 65536) {
            return Integer.parseInt(text);
        }
        errors.add("SLUICE_WORKER_PORT: '%s' is not a port; 0 chooses a free one".formatted(text));
        return 0;
    }
}
