package dev.sluice.acceptance.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Removes a cluster and its lab. */
public final class ClusterTeardown {
    private ClusterTeardown() {}

    /** Removes every node and the lab, and checks that nothing remains. */
    public static void assertNothingLeft(DemoCluster cluster) throws IOException {
        LabEnvironment world = cluster.world();
        retireAll(cluster);

        Map<String, Set<String>> things = world.accountContents();
        assertThat(things.get("droplets")).isEmpty();
        assertThat(things.get("records")).noneMatch(record -> record.contains(" A "));
        assertThat(things.get("keys")).containsExactly("sluice");
        assertThat(things.get("images")).allMatch(name -> name.startsWith("hello-"));
        // Tags outlive their resources. Those of the scheme, of approved templates and of the last cluster file stay;
        // the tag of a run is removed with its node.
        Set<String> tags = things.getOrDefault("tags", Set.of());
        assertThat(tags).noneMatch(tag -> tag.startsWith("run:"));

        world.down();

        assertThat(Path.of(world.directory())).doesNotExist();
        assertThat(mounts(world.directory())).isEmpty();
        assertThat(processes(world.directory())).isEmpty();
        assertThat(Files.exists(SluiceProcess.runDirectory().resolve("env"))).isFalse();
    }

    /** Retires apps first, and the last node of a role with a cluster file whose minimum is 0. */
    private static void retireAll(DemoCluster cluster) {
        String file = cluster.copyWithoutMinimum().toString();
        for (String role : new String[] {"app", "proxy"}) {
            List<String> command = new ArrayList<>(List.of("--file", file, "retire"));
            command.addAll(cluster.inService(role));
            command.addAll(List.of("--accept-config", "--reason", "the end"));
            cluster.world().requireSuccess(SluiceProcess.runSluice(command.toArray(String[]::new)));
        }
    }

    private static Set<String> mounts(String directory) throws IOException {
        return Files.readAllLines(Path.of("/proc/mounts")).stream()
                .filter(line -> line.contains(directory))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> processes(String directory) {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.map(process -> process.info().commandLine().orElse(""))
                    .filter(line -> line.contains(directory))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
