package dev.sluice.starter.clusterfile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** Collects errors, so that all of them are reported at once. */
final class ProblemCollector {
    private final List<ClusterFileProblem> found = new ArrayList<>();

    void add(Node at, String path, String says) {
        add(at.getStartMark(), path, says);
    }

    void add(Mark at, String path, String says) {
        found.add(new ClusterFileProblem(at.getLine() + 1, path, says));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    List<ClusterFileProblem> byLine() {
        return found.stream()
                .sorted(Comparator.comparingInt(ClusterFileProblem::line))
                .toList();
    }
}
