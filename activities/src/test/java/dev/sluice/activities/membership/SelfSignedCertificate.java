package dev.sluice.activities.membership;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/** A certificate for the tests' site, made by the JDK's own keytool. */
final class SelfSignedCertificate {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static List<String> made = List.of();

    private SelfSignedCertificate() {}

    /** Made once for all tests. */
    static synchronized void write(Path certificate, Path key) throws IOException {
        if (made.isEmpty()) {
            made = make(key.resolveSibling("site.p12"), 60);
        }
        write(certificate, key, made);
    }

    /** Another one, valid for so many days. */
    static void write(Path certificate, Path key, int days) throws IOException {
        write(certificate, key, make(key.resolveSibling("site-%d.p12".formatted(days)), days));
    }

    private static void write(Path certificate, Path key, List<String> pems) throws IOException {
        Files.writeString(certificate, pems.get(0));
        Files.writeString(key, pems.get(1));
    }

    private static List<String> make(Path store, int days) throws IOException {
        try {
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin/keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "site",
                            "-keyalg",
                            "EC",
                            "-validity",
                            Integer.toString(days),
                            "-dname",
                            "CN=www.hello.example",
                            "-ext",
                            "san=dns:www.hello.example",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            store.toString(),
                            "-storepass",
                            new String(PASSWORD))
                    .redirectErrorStream(true)
                    .start();
            String words = new String(keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (keytool.waitFor() != 0) {
                throw new IOException(words);
            }
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, PASSWORD);
            }
            return List.of(
                    pem("CERTIFICATE", keys.getCertificate("site").getEncoded()),
                    pem("PRIVATE KEY", keys.getKey("site", PASSWORD).getEncoded()));
        } catch (GeneralSecurityException impossible) {
            throw new IOException(impossible);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    private static String pem(String what, byte[] bytes) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, text);
    }
}
