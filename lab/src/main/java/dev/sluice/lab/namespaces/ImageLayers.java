package dev.sluice.lab.namespaces;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The layers of each image, newest first; a layer stays on the disk while an image or a machine needs it. */
final class ImageLayers {
    /** Longer chains are copied into one layer: mount options are limited to 4096 bytes. */
    private static final int LONGEST = 12;

    private final Path directory;
    private final Map<String, List<String>> images = new HashMap<>();
    private final Set<String> written = new HashSet<>();
    private int last;

    ImageLayers(Path directory) {
        this.directory = directory;
        images.put(BaseImage.KEY, List.of("base"));
    }

    synchronized List<String> layersOf(String image) throws IOException {
        return Optional.ofNullable(images.get(image))
                .orElseThrow(() -> new IOException("There is no image %s in the lab; there are %s."
                        .formatted(
                                image,
                                String.join(
                                        ", ", images.keySet().stream().sorted().toList()))));
    }

    synchronized String next() {
        last++;
        String layer = Integer.toString(last);
        written.add(layer);
        return layer;
    }

    static boolean tooLong(List<String> below) {
        return below.size() >= LONGEST;
    }

    synchronized void add(String image, String layer, List<String> below) {
        ArrayList<String> chain = new ArrayList<>(List.of(layer));
        if (!tooLong(below)) {
            chain.addAll(below);
        }
        images.put(image, List.copyOf(chain));
    }

    synchronized void forget(String image) {
        if (!image.equals(BaseImage.KEY)) {
            images.remove(image);
        }
    }

    /** Forgets the layers that no image and no machine needs; the caller removes them from the disk. */
    synchronized List<Path> removeUnused(Set<String> inUse) {
        HashSet<String> free = new HashSet<>(written);
        images.values().forEach(chain -> chain.forEach(free::remove));
        free.removeAll(inUse);
        written.removeAll(free);
        return free.stream().map(this::path).toList();
    }

    Path path(String layer) {
        return directory.resolve(layer);
    }

    /** The chain in overlayfs's form. */
    String lower(List<String> chain) {
        return String.join(
                ":", chain.stream().map(layer -> path(layer).toString()).toList());
    }
}
