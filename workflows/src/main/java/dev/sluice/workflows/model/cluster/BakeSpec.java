package dev.sluice.workflows.model.cluster;

import java.util.List;

/**
 * How a template is made.
 *
 * @param image slug of the base image, such as {@code debian-12-x64}
 * @param files constant files put there before the recipe runs
 * @param recipe POSIX shell script, run as root once; the same for every template of the role
 */
public record BakeSpec(String image, List<NodeFile> files, String recipe) {
    public BakeSpec {
        files = List.copyOf(files);
    }
}
