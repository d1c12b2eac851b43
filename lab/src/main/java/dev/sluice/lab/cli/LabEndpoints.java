package dev.sluice.lab.cli;

import java.io.IOException;
import java.io.Reader;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The addresses and the token of a running lab, kept in its directory for all its processes.
 *
 * @param api port of the API on 127.0.0.1, the same outside and inside
 * @param site port on 127.0.0.1 outside that leads to port 443 of the site
 * @param socks port on 127.0.0.1 outside of the SOCKS 5 listener
 * @param token the API's bearer token
 * @param siteName the name whose A records are the site
 * @param forwards host:port outside, each reachable inside at 127.0.0.1 under the same port
 */
record LabEndpoints(int api, int site, int socks, String token, String siteName, List<String> forwards) {
    private static final String FILE = "lab.properties";
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Below Linux's range of ports for outgoing connections, so that a free port stays free until its use. */
    private static final int FIRST = 10_000;

    private static final int COUNT = 10_000;

    LabEndpoints {
        forwards = List.copyOf(forwards);
        for (String forward : forwards) {
            portOf(forward);
        }
    }

    /** Returns the ports that the environment names, else free ones. */
    static LabEndpoints choose(Map<String, String> environment, String siteName, List<String> forwards)
            throws IOException {
        String token = environment.getOrDefault("SLUICE_LAB_TOKEN", "");
        return new LabEndpoints(
                port(environment, "SLUICE_LAB_API_PORT"),
                port(environment, "SLUICE_LAB_SITE_PORT"),
                port(environment, "SLUICE_LAB_SOCKS_PORT"),
                token.isEmpty() ? randomToken() : token,
                siteName,
                forwards);
    }

    static LabEndpoints read(Path directory) throws IOException {
        Properties values = new Properties();
        try (Reader text = Files.newBufferedReader(directory.resolve(FILE))) {
            values.load(text);
        }
        return new LabEndpoints(
                Integer.parseInt(values.getProperty("api")),
                Integer.parseInt(values.getProperty("site")),
                Integer.parseInt(values.getProperty("socks")),
                values.getProperty("token"),
                values.getProperty("siteName"),
                Stream.of(values.getProperty("forwards").split(",", -1))
                        .filter(word -> !word.isEmpty())
                        .toList());
    }

    void write(Path directory) throws IOException {
        Path part = directory.resolve(FILE + ".part");
        String text = "api=" + api + "\nsite=" + site + "\nsocks=" + socks + "\ntoken=" + token + "\nsiteName="
                + siteName + "\nforwards=" + String.join(",", forwards).replace(":", "\\:") + "\n";
        Files.writeString(part, text);
        Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-------"));
        Files.move(part, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    LabEndpoints withForwards(List<String> more) {
        List<String> all =
                Stream.concat(forwards.stream(), more.stream()).distinct().toList();
        return new LabEndpoints(api, site, socks, token, siteName, all);
    }

    String url() {
        return "http://127.0.0.1:" + api;
    }

    static int portOf(String forward) {
        int colon = forward.lastIndexOf(':');
        if (!forward.matches("([0-9A-Za-z.-]+:)?[0-9]{1,5}")) {
            throw new IllegalArgumentException("--forward-in is %s, but must be PORT or HOST:PORT.".formatted(forward));
        }
        return Integer.parseInt(forward.substring(colon + 1));
    }

    static String hostOf(String forward) {
        int colon = forward.lastIndexOf(':');
        return colon < 0 ? "127.0.0.1" : forward.substring(0, colon);
    }

    private static int port(Map<String, String> environment, String name) throws IOException {
        String named = environment.getOrDefault(name, "");
        if (!named.isEmpty()) {
            return Integer.parseInt(named);
        }
        for (int tried = 0; tried < COUNT; tried++) {
            int port = FIRST + RANDOM.nextInt(COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException("No port from %d on is free on this machine.".formatted(FIRST));
    }

    private static boolean isFree(int port) {
        try (ServerSocket free = new ServerSocket(port)) {
            return free.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static String randomToken() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return "dop_v1_" + HexFormat.of().formatHex(bytes);
    }
}
