package dev.sluice.lab.cli;

import dev.sluice.lab.account.LabSettings;
import dev.sluice.lab.namespaces.BaseImage;
import dev.sluice.lab.namespaces.HostCommand;
import dev.sluice.lab.namespaces.LabDirectory;
import dev.sluice.lab.namespaces.NamespaceHub;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts and stops a lab as a whole. */
final class LabInstance {
    private static final int READY_TRIES = 600;

    private final LabDirectory directory;
    private final Map<String, String> environment;
    private final PrintStream out;
    private final NamespaceHub hub;

    LabInstance(Map<String, String> environment, PrintStream out) {
        this.directory = LabDirectory.of(environment);
        this.environment = environment;
        this.out = out;
        this.hub = new NamespaceHub(directory, environment);
    }

    LabDirectory directory() {
        return directory;
    }

    /** Starts all parts and returns when each has answered; a running lab only gets the new forwards. */
    void up(String siteName, List<String> forwards) throws IOException {
        if (isUp()) {
            LabEndpoints.read(directory.root()).withForwards(forwards).write(directory.root());
        } else {
            fresh(siteName, forwards);
        }
        awaitAnswers();
        print();
    }

    private void fresh(String siteName, List<String> forwards) throws IOException {
        // The lab's process reads them, but the operator sees the error of a mistyped one only here.
        LabSettings.of("any token", environment);
        down();
        directory.prepare();
        BaseImage image = new BaseImage(directory, environment);
        if (!image.cached()) {
            out.println("image   debian-12-x64 is being built, once; this takes about a minute");
        }
        image.build();
        out.println("image   debian-12-x64 from " + image.archive());
        LabEndpoints.choose(environment, siteName, forwards).write(directory.root());
        hub.start();
        CompletableFuture<Void> unpacked = CompletableFuture.runAsync(() -> unpack(image));
        launch(LabProcess.OUTSIDE, List.of());
        launch(LabProcess.INSIDE, hub.enterNetworkCommand(List.of()));
        new LabCertificateAuthority(directory.root()).create();
        try {
            unpacked.join();
        } catch (CompletionException failure) {
            throw new IOException("The base image could not be unpacked: " + failure.getCause(), failure);
        }
    }

    private void unpack(BaseImage image) {
        try {
            image.unpack(hub);
        } catch (IOException failure) {
            throw new CompletionException(failure);
        }
    }

    /** Ends every process of the lab, even half-started, and removes its directory; the image's cache stays. */
    void down() throws IOException {
        LabProcess.processFile(directory, LabProcess.INSIDE).kill();
        LabProcess.processFile(directory, LabProcess.OUTSIDE).kill();
        hub.kill();
        if (!Files.exists(directory.root())) {
            return;
        }
        directory.prepare();
        String root = directory.root().toString();
        // Only a user namespace may remove the files of machines, which belong to its uids.
        HostCommand.run(
                List.of(
                        "sh",
                        directory.script("userns.sh").toString(),
                        "sh",
                        "-c",
                        "rm -rf \"$1\"/images \"$1\"/machines",
                        "sh",
                        root),
                Duration.ofMinutes(2));
        HostCommand.run(List.of("rm", "-rf", root), Duration.ofMinutes(1));
    }

    /** Whether every process of the lab is alive. */
    boolean isUp() throws IOException {
        return hub.isRunning()
                && LabProcess.processFile(directory, LabProcess.INSIDE)
                        .livePid()
                        .isPresent()
                && LabProcess.processFile(directory, LabProcess.OUTSIDE)
                        .livePid()
                        .isPresent();
    }

    LabEndpoints ports() throws IOException {
        if (!isUp()) {
            throw new IOException(
                    "The lab in %s is not up. Start it with: ./sluice lab up".formatted(directory.root()));
        }
        return LabEndpoints.read(directory.root());
    }

    long pid() throws IOException {
        return hub.pid();
    }

    private void launch(String name, List<String> into) throws IOException {
        ArrayList<String> words = new ArrayList<>(List.of("setsid"));
        words.addAll(into);
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                name.equals(LabProcess.OUTSIDE) ? "-Xmx64m" : "-Xmx384m",
                "-cp",
                absolute(System.getProperty("java.class.path")),
                LabMain.class.getName(),
                name));
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(directory.root().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(directory.file(name + ".log").toFile());
        builder.environment().put("SLUICE_LAB_DIR", directory.root().toString());
        LabProcess.processFile(directory, name).write(builder.start().pid());
    }

    // The processes run in the lab's directory, where a relative class path would not resolve.
    private static String absolute(String classPath) {
        return String.join(
                ":",
                Stream.of(classPath.split(":", -1))
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .toList());
    }

    private void awaitAnswers() throws IOException {
        for (int tries = 0; tries < READY_TRIES && isUp(); tries++) {
            if (ready(LabProcess.INSIDE) && ready(LabProcess.OUTSIDE) && apiAnswers()) {
                return;
            }
            pause();
        }
        throw new IOException(
                "The lab was not ready within %d s; its processes reported: %s %s Clean up with: ./sluice lab down"
                        .formatted(READY_TRIES / 20, log(LabProcess.INSIDE), log(LabProcess.OUTSIDE)));
    }

    private boolean ready(String name) {
        return Files.exists(directory.file(name + ".ready"));
    }

    private String log(String name) throws IOException {
        Path file = directory.file(name + ".log");
        return Files.exists(file) ? Files.readString(file).strip() : name + " was not started.";
    }

    private boolean apiAnswers() throws IOException {
        LabEndpoints ports = LabEndpoints.read(directory.root());
        HttpRequest request = HttpRequest.newBuilder(URI.create(ports.url() + "/v2/account"))
                .header("Authorization", "Bearer " + ports.token())
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for the lab's API.", interrupted);
        } catch (IOException failure) {
            return false;
        }
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for the lab.", interrupted);
        }
    }

    private void print() throws IOException {
        LabEndpoints ports = LabEndpoints.read(directory.root());
        out.println("hub     process %d, state in %s".formatted(hub.pid(), directory.root()));
        out.println("api     %s, outside and inside".formatted(ports.url()));
        out.println("names   10.77.0.1:53, inside");
        out.println("site    https://127.0.0.1:%d leads to %s".formatted(ports.site(), ports.siteName()));
        out.println("socks   127.0.0.1:" + ports.socks());
        for (String forward : ports.forwards()) {
            out.println(
                    "forward 127.0.0.1:%d inside leads to %s outside".formatted(LabEndpoints.portOf(forward), forward));
        }
    }
}
