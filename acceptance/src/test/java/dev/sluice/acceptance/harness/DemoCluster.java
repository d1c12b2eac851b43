package dev.sluice.acceptance.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The demo's cluster in the lab: bakes and approves templates once, deploys two proxies and two apps on request. */
public final class DemoCluster {
    private final LabEnvironment world;
    private final List<String> images = new ArrayList<>();
    private boolean approved;

    public DemoCluster(LabEnvironment world) {
        this.world = world;
    }

    public LabEnvironment world() {
        return world;
    }

    /** Bakes both templates in parallel and approves them. */
    public void ensureTemplates() {
        if (!approved) {
            ensureBaked()
                    .forEach(image -> world.requireSuccess(
                            SluiceProcess.runSluice("template", "approve", image, "--reason", "tests")));
            approved = true;
        }
    }

    /** Bakes both templates in parallel, once; returns their ids. */
    public List<String> ensureBaked() {
        if (images.isEmpty()) {
            SluiceProcess.RunningProcess app =
                    SluiceProcess.startSluice("template", "bake", "--role", "app", "--reason", "tests");
            SluiceProcess.RunningProcess proxy =
                    SluiceProcess.startSluice("template", "bake", "--role", "proxy", "--reason", "tests");
            images.add(image(app.awaitEnd()));
            images.add(image(proxy.awaitEnd()));
        }
        return List.copyOf(images);
    }

    private String image(SluiceProcess.ProcessOutcome bake) {
        Matcher image = Pattern.compile("template approve (\\d+)")
                .matcher(world.requireSuccess(bake).out() + bake.err());
        if (!image.find()) {
            throw new IllegalStateException("A bake says which template to approve:\n" + bake.transcript());
        }
        return image.group(1);
    }

    /** Ensures that two proxies and two apps are in service; keeps nodes that exist. */
    public void ensureTwoOfEach() {
        ensureTemplates();
        SluiceProcess.RunningProcess proxies = deployUpTo("proxy", 2);
        SluiceProcess.RunningProcess apps = deployUpTo("app", 2);
        if (proxies != null) {
            world.requireSuccess(proxies.awaitEnd());
        }
        if (apps != null) {
            world.requireSuccess(apps.awaitEnd());
        }
    }

    /** Ensures that at least so many apps are in service. */
    public void ensureApps(int count) {
        SluiceProcess.RunningProcess apps = deployUpTo("app", count);
        if (apps != null) {
            world.requireSuccess(apps.awaitEnd());
        }
    }

    private SluiceProcess.@org.jspecify.annotations.Nullable RunningProcess deployUpTo(String role, int count) {
        int missing = count - inService(role).size();
        return missing <= 0
                ? null
                : SluiceProcess.startSluice(
                        "deploy", "--role", role, "--count", Integer.toString(missing), "--reason", "tests");
    }

    /** Waits for one new droplet and returns its name. */
    public String awaitNewDroplet(Map<String, Set<String>> before) {
        LabEnvironment.awaitTrue(
                "a new droplet",
                Duration.ofSeconds(30),
                () -> newDroplets(before).size() == 1);
        return newDroplet(before);
    }

    public String newDroplet(Map<String, Set<String>> before) {
        return newDroplets(before).iterator().next();
    }

    private Set<String> newDroplets(Map<String, Set<String>> before) {
        Set<String> fresh = new TreeSet<>(world.droplets());
        fresh.removeAll(before.getOrDefault("droplets", Set.of()));
        return fresh;
    }

    /** Retires these nodes of one role, in one change. */
    public void retire(Set<String> nodes) {
        List<String> words = new ArrayList<>(List.of("retire"));
        words.addAll(nodes);
        words.addAll(List.of("--reason", "tidy"));
        world.requireSuccess(SluiceProcess.runSluice(words.toArray(String[]::new)));
    }

    /** A cluster file with minimum 0 for every role. */
    Path copyWithoutMinimum() {
        return copyWith(text -> text.replace("minimum: 1", "minimum: 0"));
    }

    /** A copy of the cluster's folder with another cluster file; the path of that file. */
    public Path copyWith(UnaryOperator<String> change) {
        Path example = SluiceProcess.HOME.resolve("examples/hello");
        try (Stream<Path> files = Files.walk(example)) {
            Path folder = Files.createTempDirectory(SluiceProcess.runDirectory(), "cluster-");
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = folder.resolve(example.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
            Path copied = folder.resolve("sluice.yaml");
            Files.writeString(copied, change.apply(Files.readString(copied)));
            return copied;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public Set<String> inService(String role) {
        return world.droplets("cluster:hello", "role:" + role, "state:in-service");
    }
}
