package dev.sluice.starter.clusterfile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of the file. Each read records errors and returns a placeholder, so that reading continues. Placeholders are never
 * used, because a file with a problem is rejected as a whole.
 */
final class YamlSection {
    private final Node node;
    private final String path;
    private final ProblemCollector problems;
    private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
    private final Set<String> known = new TreeSet<>();

    YamlSection(Node node, String path, ProblemCollector problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(this::enter);
        } else {
            problems.add(node, path, "expected keys with values, found " + kind(node));
        }
    }

    private void enter(NodeTuple tuple) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            problems.add(tuple.getKeyNode(), path, "a key must be a word");
        } else if (entries.containsKey(key.getValue())) {
            problems.add(key, below(key.getValue()), "is defined twice");
        } else {
            entries.put(key.getValue(), tuple);
        }
    }

    /** Records the keys that no read has used. */
    void reportUnknownKeys() {
        entries.forEach((key, tuple) -> {
            if (!known.contains(key)) {
                problems.add(tuple.getKeyNode(), below(key), "unknown key" + WordSuggestion.suggest(key, known));
            }
        });
    }

    String text(String key, Predicate<String> valid, String expected) {
        return scalar(key, true)
                .map(value -> checked(key, value, valid, expected))
                .orElse("");
    }

    String text(String key, String otherwise, Predicate<String> valid, String expected) {
        return optional(key, valid, expected).orElse(otherwise);
    }

    Optional<String> optional(String key, Predicate<String> valid, String expected) {
        return scalar(key, false).map(value -> checked(key, value, valid, expected));
    }

    int number(String key, int least, int most) {
        return scalar(key, true).map(value -> number(key, value, least, most)).orElse(least);
    }

    int number(String key, int otherwise, int least, int most) {
        return scalar(key, false).map(value -> number(key, value, least, most)).orElse(otherwise);
    }

    double decimal(String key, double otherwise) {
        return scalar(key, false)
                .map(value ->
                        checked(key, value, text -> text.matches("\\d{1,6}(\\.\\d{1,6})?"), "a number like 5 or 2.5"))
                .map(YamlSection::decimal)
                .orElse(otherwise);
    }

    private static double decimal(String text) {
        return text.matches("[0-9.]+") ? Double.parseDouble(text) : 0;
    }

    boolean flag(String key, boolean otherwise) {
        return scalar(key, false)
                .map(value -> checked(key, value, text -> text.matches("true|false"), "true or false"))
                .map(Boolean::parseBoolean)
                .orElse(otherwise);
    }

    Duration duration(String key, Duration otherwise) {
        return scalar(key, false)
                .map(value -> checked(
                        key,
                        value,
                        text -> DurationParser.parse(text).isPresent(),
                        "a duration like 1500ms, 2s, 5m or 1h"))
                .flatMap(DurationParser::parse)
                .orElse(otherwise);
    }

    List<String> words(String key) {
        return items(key, (item, at) -> {
            if (item instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
                return scalar.getValue();
            }
            problems.add(item, at, "expected a word, found " + kind(item));
            return "";
        });
    }

    List<Integer> ports(String key) {
        return items(key, (item, at) -> {
            String value = item instanceof ScalarNode scalar ? scalar.getValue() : kind(item);
            if (value.matches("\\d{1,5}") && Integer.parseInt(value) <= 65535 && Integer.parseInt(value) > 0) {
                return Integer.parseInt(value);
            }
            problems.add(item, at, "\"%s\" is not a port; expected 1 to 65535".formatted(value));
            return 1;
        });
    }

    <T> List<T> each(String key, Function<YamlSection, T> read) {
        return items(key, (item, at) -> read(new YamlSection(item, at, problems), read));
    }

    <T> Optional<T> section(String key, Function<YamlSection, T> read) {
        return section(key, value(key, false), read);
    }

    <T> Optional<T> requiredSection(String key, Function<YamlSection, T> read) {
        return section(key, value(key, true), read);
    }

    private <T> Optional<T> section(String key, @Nullable Node value, Function<YamlSection, T> read) {
        return value == null ? Optional.empty() : Optional.of(read(new YamlSection(value, below(key), problems), read));
    }

    private static <T> T read(YamlSection section, Function<YamlSection, T> read) {
        T result = read.apply(section);
        section.reportUnknownKeys();
        return result;
    }

    /** Returns whether the key exists; from now on it is known. */
    boolean has(String key) {
        known.add(key);
        return entries.containsKey(key);
    }

    void problem(String key, String says) {
        NodeTuple tuple = entries.get(key);
        problems.add(tuple == null ? node : tuple.getValueNode(), below(key), says);
    }

    void problem(String says) {
        problems.add(node, path, says);
    }

    private <T> List<T> items(String key, java.util.function.BiFunction<Node, String, T> read) {
        Node value = value(key, false);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof SequenceNode sequence)) {
            problems.add(value, below(key), "expected a list, found " + kind(value));
            return List.of();
        }
        List<T> result = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            result.add(read.apply(item, "%s[%d]".formatted(below(key), result.size())));
        }
        return result;
    }

    private Optional<String> scalar(String key, boolean required) {
        Node value = value(key, required);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
            return Optional.of(scalar.getValue());
        }
        problems.add(value, below(key), "expected a value, found " + kind(value));
        return Optional.empty();
    }

    private @Nullable Node value(String key, boolean required) {
        if (has(key)) {
            NodeTuple tuple = entries.get(key);
            return tuple == null ? null : tuple.getValueNode();
        }
        if (required) {
            problems.add(node, below(key), "is missing");
        }
        return null;
    }

    private String checked(String key, String value, Predicate<String> valid, String expected) {
        if (!valid.test(value)) {
            problem(key, "\"%s\" is not %s".formatted(value, expected));
        }
        return value;
    }

    private int number(String key, String value, int least, int most) {
        if (value.matches("\\d{1,9}") && Integer.parseInt(value) >= least && Integer.parseInt(value) <= most) {
            return Integer.parseInt(value);
        }
        problem(key, "\"%s\" is not a number from %d to %d".formatted(value, least, most));
        return least;
    }

    private String below(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String kind(Node node) {
        if (node instanceof SequenceNode) {
            return "a list";
        }
        if (node instanceof MappingNode) {
            return "keys with values";
        }
        return node.getTag().equals(Tag.NULL) ? "nothing" : "\"%s\"".formatted(((ScalarNode) node).getValue());
    }
}
