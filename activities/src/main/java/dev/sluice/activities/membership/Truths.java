package dev.sluice.activities.membership;

import dev.sluice.workflows.activity.MembershipActivities.MemberTruth;
import dev.sluice.workflows.activity.MembershipActivities.MemberTruth.State;
import dev.sluice.workflows.activity.MembershipActivities.ProxyTruth;
import dev.sluice.workflows.model.NodeName;
import java.util.List;
import java.util.Optional;

/** Reads what a proxy says of its members. */
final class Truths {
    private static final String OTHER_HAND = "another hand";

    private Truths() {}

    static ProxyTruth of(Proxy proxy) {
        List<MemberTruth> members =
                proxy.ask(Verb.READ).all("member").stream().map(Truths::member).toList();
        return new ProxyTruth(proxy.name(), Optional.empty(), members);
    }

    /** The line {@code member|name|state|url|running|elected|by|when|why}; those after the state may be empty. */
    private static MemberTruth member(List<String> line) {
        Optional<Ejection> ejection = Ejection.of(ejection(line));
        String elected = at(line, 5);
        return new MemberTruth(
                new NodeName(at(line, 1)),
                state(at(line, 2), ejection),
                at(line, 4),
                elected.matches("\\d{1,18}") ? Long.parseLong(elected) : 0,
                ejection.map(Ejection::words));
    }

    private static State state(String word, Optional<Ejection> ejection) {
        return switch (word) {
            case "joined" -> State.JOINED;
            case "ejected" ->
                ejection.filter(by -> by.by().equals(OTHER_HAND)).isPresent()
                        ? State.EJECTED_BY_ANOTHER_HAND
                        : State.EJECTED;
            case "left" -> State.LEFT;
            default -> State.DRAINING;
        };
    }

    /** Those words of a member's line that tell of its ejection. */
    static List<String> ejection(List<String> line) {
        return line.subList(Math.min(6, line.size()), line.size());
    }

    static String at(List<String> line, int index) {
        return index < line.size() ? line.get(index) : "";
    }

    /** Who ejected a member, when and why. */
    record Ejection(String by, String when, String why) {
        static Optional<Ejection> of(List<String> words) {
            if (at(words, 0).isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new Ejection(at(words, 0), at(words, 1), at(words, 2)));
        }

        /** Such as {@code by ana, 2026-11-22T18:26:31Z: too slow}. */
        String words() {
            return "by %s%s: %s".formatted(by, when.isEmpty() ? "" : ", " + when, why);
        }
    }
}
