package dev.sluice.lab.cli;

import dev.sluice.lab.namespaces.HostCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The lab's certificate authority: ca.pem and ca.key in the lab's directory, created by openssl. */
final class LabCertificateAuthority {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path directory;

    LabCertificateAuthority(Path directory) {
        this.directory = directory;
    }

    Path certificate() {
        return directory.resolve("ca.pem");
    }

    /** Creates the authority unless it exists. */
    void create() throws IOException {
        if (Files.exists(certificate())) {
            return;
        }
        List<String> words =
                newKey(directory.resolve("ca.key"), directory.resolve("ca.pem.part"), "Sluice lab authority", 3650);
        words.addAll(List.of(
                "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign"));
        HostCommand.run(words, PATIENCE);
        Files.move(directory.resolve("ca.pem.part"), certificate());
    }

    /** Writes NAME.key and NAME.pem for the names, 127.0.0.1 included, and returns the path of the certificate. */
    Path issue(List<String> names, Path into) throws IOException {
        create();
        String first = names.get(0);
        Path certificate = into.resolve(first + ".pem");
        List<String> words = newKey(into.resolve(first + ".key"), certificate, first, 90);
        String alternatives = names.stream()
                .map(name -> (name.matches("[0-9.]+") ? "IP:" : "DNS:") + name)
                .collect(Collectors.joining(","));
        words.addAll(List.of(
                "-CA",
                certificate().toString(),
                "-CAkey",
                directory.resolve("ca.key").toString(),
                "-addext",
                "subjectAltName=" + alternatives + ",IP:127.0.0.1",
                "-addext",
                "basicConstraints=critical,CA:FALSE",
                "-addext",
                "extendedKeyUsage=serverAuth"));
        HostCommand.run(words, PATIENCE);
        return certificate;
    }

    private static List<String> newKey(Path key, Path certificate, String name, int days) {
        return new ArrayList<>(List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString(),
                "-days",
                Integer.toString(days),
                "-subj",
                "/CN=" + name));
    }
}
