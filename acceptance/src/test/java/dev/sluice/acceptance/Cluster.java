package dev.sluice.acceptance;

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

/** The demo's cluster in the lab: templates baked and approved once, two proxies and two apps in service when asked for. */
final class Cluster {
    private final World world;
    private final List<String> images = new ArrayList<>();
    private boolean approved;

    Cluster(World world) {
        this.world = world;
    }

    World world() {
        return world;
    }

    /** Both templates, baked side by side and approved. */
    void templates() {
        if (!approved) {
            bake().forEach(image -> world.must(Product.sluice("template", "approve", image, "--reason", "tests")));
            approved = true;
        }
    }

    /** Bakes both templates side by side, once; answers with their ids. */
    List<String> bake() {
        if (images.isEmpty()) {
            Product.Running app = Product.start("template", "bake", "--role", "app", "--reason", "tests");
            Product.Running proxy = Product.start("template", "bake", "--role", "proxy", "--reason", "tests");
            images.add(image(app.end()));
            images.add(image(proxy.end()));
        }
        return List.copyOf(images);
    }

    private String image(Product.Outcome bake) {
        Matcher image = Pattern.compile("template approve (\\d+)")
                .matcher(world.must(bake).out() + bake.err());
        if (!image.find()) {
            throw new IllegalStateException("A bake says which template to approve:\n" + bake.all());
        }
        return image.group(1);
    }

    /** Two proxies and two apps in service; what is there already is kept. */
    void twoOfEach() {
        templates();
        Product.Running proxies = deployUpTo("proxy", 2);
        Product.Running apps = deployUpTo("app", 2);
        if (proxies != null) {
            world.must(proxies.end());
        }
        if (apps != null) {
            world.must(apps.end());
        }
    }

    private Product.@org.jspecify.annotations.Nullable Running deployUpTo(String role, int count) {
        int missing = count - inService(role).size();
        return missing <= 0
                ? null
                : Product.start("deploy", "--role", role, "--count", Integer.toString(missing), "--reason", "tests");
    }

    /** The one droplet that was not there before; waits for it. */
    String waitForNew(Map<String, Set<String>> before) {
        World.until("a new droplet", Duration.ofSeconds(30), () -> fresh(before).size() == 1);
        return newest(before);
    }

    String newest(Map<String, Set<String>> before) {
        return fresh(before).iterator().next();
    }

    private Set<String> fresh(Map<String, Set<String>> before) {
        Set<String> fresh = new TreeSet<>(world.droplets());
        fresh.removeAll(before.getOrDefault("droplets", Set.of()));
        return fresh;
    }

    /** Retires these nodes of one role, in one change. */
    void retire(Set<String> nodes) {
        List<String> words = new ArrayList<>(List.of("retire"));
        words.addAll(nodes);
        words.addAll(List.of("--reason", "tidy"));
        world.must(Product.sluice(words.toArray(String[]::new)));
    }

    /** A cluster file with minimum 0 for every role. */
    Path letsTheLastOneGo() {
        return copy(text -> text.replace("minimum: 1", "minimum: 0"));
    }

    /** A copy of the cluster's folder with another cluster file; the path of that file. */
    Path copy(UnaryOperator<String> change) {
        Path example = Product.HOME.resolve("examples/hello");
        try (Stream<Path> files = Files.walk(example)) {
            Path folder = Files.createTempDirectory(Product.run(), "cluster-");
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

    Set<String> inService(String role) {
        return world.droplets("cluster:hello", "role:" + role, "state:in-service");
    }
}
