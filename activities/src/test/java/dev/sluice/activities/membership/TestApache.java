package dev.sluice.activities.membership;

import static java.util.Objects.requireNonNull;

import dev.sluice.activities.FreePort;
import dev.sluice.activities.ssh.CommandResult;
import dev.sluice.activities.ssh.RemoteCommand;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A real Apache in a directory of its own on loopback, with the demo's proxy configuration and other paths and ports. */
final class TestApache implements AutoCloseable {
    static final Path BINARY = Path.of("/usr/sbin/apache2");
    private static final Path EXAMPLE = Path.of("../examples/hello/proxy");
    private static final List<String> MODULES = List.of(
            "mpm_event",
            "authz_core",
            "authz_host",
            "alias",
            "socache_shmcb",
            "ssl",
            "slotmem_shm",
            "proxy",
            "proxy_http",
            "proxy_balancer",
            "proxy_hcheck",
            "lbmethod_byrequests",
            "lbmethod_bybusyness",
            "headers",
            "status",
            "info");

    private static final Pattern WORKER = Pattern.compile("<httpd:worker>.*?</httpd:worker>", Pattern.DOTALL);

    final Path directory;
    final int clients;
    private final String address;
    final int admin = FreePort.next();
    final LocalShell shell;

    /** Apache's own user must be able to enter the test's directories; the system's own are not ours to change. */
    private static void openToApache(Path directory) throws IOException {
        Path top = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
        Path path = directory;
        while (path.startsWith(top) && !path.equals(top)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            path = requireNonNull(path.getParent());
        }
    }

    TestApache(Path directory, String node) throws IOException {
        this(directory, node, "*", FreePort.next());
    }

    /** Clients come to that address and port. */
    TestApache(Path directory, String node, String address, int clients) throws IOException {
        this.directory = directory;
        this.address = address;
        this.clients = clients;
        Files.createDirectories(directory);
        openToApache(directory);
        for (String name : List.of("members", "loaded", "tls", "log", "run")) {
            Files.createDirectories(directory.resolve(name));
        }
        SelfSignedCertificate.write(directory.resolve("tls/site.pem"), directory.resolve("tls/site.key"));
        writeConfiguration(node);
        Path control = directory.resolve("apachectl");
        Files.writeString(control, """
                #!/bin/sh
                case $1 in
                  configtest) exec %1$s -f %2$s/httpd.conf -t ;;
                  -*) exec %1$s -f %2$s/httpd.conf "$@" ;;
                  *) exec %1$s -f %2$s/httpd.conf -k "$1" ;;
                esac
                """.formatted(BINARY, directory));
        Files.setPosixFilePermissions(control, PosixFilePermissions.fromString("rwxr-xr-x"));
        this.shell = new LocalShell(Map.of(
                "SLUICE_ETC", directory.toString(),
                "SLUICE_ADMIN", "127.0.0.1:" + admin,
                "SLUICE_APACHECTL", control.toString(),
                "SLUICE_PIDFILE", directory.resolve("run/httpd.pid").toString(),
                "SLUICE_ERRORLOG", directory.resolve("log/error.log").toString(),
                "SLUICE_SITE", "127.0.0.1:" + clients));
    }

    private void writeConfiguration(String node) throws IOException {
        String site = Files.readString(EXAMPLE.resolve("site.conf.vm"))
                .replace("8081", Integer.toString(admin))
                .replace("Listen *:$port", "Listen " + address + ":$port")
                .replace("*:80\n", "*:%d\n".formatted(FreePort.next()))
                .replace("$port", Integer.toString(clients))
                .replace("$serviceName", "www.hello.example")
                .replace("$cluster", "hello")
                .replace("$node", node)
                // Last: a temporary directory's name may hold the digits of a port.
                .replace("/etc/sluice", directory.toString())
                .replace("/var/log/apache2", directory.resolve("log").toString());
        Files.writeString(directory.resolve("site.conf"), site);
        List<String> lines = new ArrayList<>(List.of(
                "ServerRoot " + directory,
                "DefaultRuntimeDir " + directory.resolve("run"),
                "PidFile " + directory.resolve("run/httpd.pid"),
                "ErrorLog " + directory.resolve("log/error.log"),
                "User www-data",
                "Group www-data"));
        MODULES.forEach(
                name -> lines.add("LoadModule %1$s_module /usr/lib/apache2/modules/mod_%1$s.so".formatted(name)));
        lines.add("Include " + EXAMPLE.resolve("mpm_event.conf").toAbsolutePath());
        lines.add("Include " + directory.resolve("site.conf"));
        Files.write(directory.resolve("httpd.conf"), lines);
    }

    static boolean isInstalled() {
        return Files.isExecutable(BINARY);
    }

    void start() throws IOException {
        control("start");
        WaitUntil.within(
                Duration.ofSeconds(5),
                "Apache answers on " + admin,
                () -> !status("ServerUptimeSeconds").isEmpty());
    }

    /** Stops Apache and waits until it has gone. */
    void stop() throws IOException {
        if (!isRunning()) {
            return;
        }
        control("stop");
        WaitUntil.within(
                Duration.ofSeconds(10),
                "Apache has removed its pid file",
                () -> Files.notExists(directory.resolve("run/httpd.pid")));
    }

    boolean isRunning() throws IOException {
        return Files.exists(directory.resolve("run/httpd.pid"))
                && ProcessHandle.of(pid()).filter(ProcessHandle::isAlive).isPresent();
    }

    private long pid() throws IOException {
        return Long.parseLong(
                Files.readString(directory.resolve("run/httpd.pid")).strip());
    }

    /** From now on a reload ends it, as of a log that cannot be opened; a start after it works. */
    void diesOfReloads() throws IOException {
        Path mark = directory.resolve("reload");
        Files.writeString(directory.resolve("apachectl"), """
                #!/bin/sh
                case $1 in
                  configtest) exec %1$s -f %2$s/httpd.conf -t ;;
                  -*) exec %1$s -f %2$s/httpd.conf "$@" ;;
                  graceful) : >%3$s; exec %1$s -f %2$s/httpd.conf -D ASKS -k graceful ;;
                  *) rm -f %3$s; exec %1$s -f %2$s/httpd.conf -k "$1" ;;
                esac
                """.formatted(BINARY, directory, mark));
        Files.writeString(directory.resolve("site.conf"), """
                <IfDefine !ASKS>
                  <IfFile "%s">
                    CustomLog "/proc/nowhere" common
                  </IfFile>
                </IfDefine>
                """.formatted(mark), StandardOpenOption.APPEND);
    }

    /** A crash of all that answer requests; the parent makes new ones. */
    void killChildren() throws IOException {
        ProcessHandle.of(pid()).orElseThrow().children().forEach(ProcessHandle::destroyForcibly);
    }

    /** A reload by another hand, such as logrotate's. */
    void graceful() throws IOException {
        String before = status("ParentServerMPMGeneration");
        control("graceful");
        WaitUntil.within(
                Duration.ofSeconds(8),
                "a new generation",
                () -> !List.of(before, "").contains(status("ParentServerMPMGeneration")));
    }

    private void control(String verb) {
        CommandResult answer =
                shell.run(RemoteCommand.of(directory.resolve("apachectl").toString(), verb), Duration.ofSeconds(20));
        if (!answer.succeeded()) {
            throw new IllegalStateException("apachectl " + verb + ": " + answer);
        }
    }

    /** One figure of server-status; empty if Apache does not answer. */
    String status(String name) {
        return page("/-/server-status?auto")
                .lines()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElse("");
    }

    /** What the running Apache says of the worker with that route, such as {@code Init Ok}; empty if it has none. */
    String running(String route) {
        return worker(route, "status");
    }

    /** Waits until the running Apache says so: what joined becomes healthy by its own checks. */
    void awaitRunning(String route, String says) {
        WaitUntil.within(
                Duration.ofSeconds(10),
                "%s is %s".formatted(route, says),
                () -> running(route).equals(says));
    }

    /** Requests that the worker with that route is answering now. */
    int busy(String route) {
        String busy = worker(route, "busy");
        return busy.isEmpty() ? 0 : Integer.parseInt(busy);
    }

    private String worker(String route, String field) {
        return WORKER.matcher(page("/-/balancer-manager?xml=1"))
                .results()
                .map(MatchResult::group)
                .filter(worker -> worker.contains("<httpd:route>" + route + "</httpd:route>"))
                .flatMap(String::lines)
                .filter(line -> line.contains("<httpd:" + field + ">"))
                .map(TestApache::value)
                .findFirst()
                .orElse("");
    }

    /** An operator at balancer-manager: {@code change} such as {@code w_status_D=1}. */
    void byHand(String url, String change) throws IOException {
        String nonce = page("/-/balancer-manager?xml=1")
                .lines()
                .filter(line -> line.contains("<httpd:nonce>"))
                .map(TestApache::value)
                .findFirst()
                .orElseThrow();
        URLConnection post = connect("/-/balancer-manager");
        post.setDoOutput(true);
        post.getOutputStream()
                .write("b=app&nonce=%s&w=%s&%s".formatted(nonce, url, change).getBytes(StandardCharsets.UTF_8));
        post.getInputStream().readAllBytes();
    }

    private String page(String path) {
        try (InputStream body = connect(path).getInputStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException silent) {
            return "";
        }
    }

    private URLConnection connect(String path) throws IOException {
        String address = "http://127.0.0.1:" + admin;
        URLConnection connection = URI.create(address + path).toURL().openConnection();
        connection.setRequestProperty("Referer", address + "/-/balancer-manager");
        connection.setConnectTimeout(2000);
        connection.setReadTimeout(5000);
        return connection;
    }

    private static String value(String line) {
        return line.replaceAll("<[^>]*>", "").strip();
    }

    Path member(String file) {
        return directory.resolve("members").resolve(file);
    }

    @Override
    public void close() throws IOException {
        if (isRunning()) {
            ProcessHandle parent = ProcessHandle.of(pid()).orElseThrow();
            List<ProcessHandle> all = new ArrayList<>(List.of(parent));
            all.addAll(parent.descendants().toList());
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
