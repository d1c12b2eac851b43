package dev.sluice.activities.membership;

import dev.sluice.workflows.activity.MembershipActivities.MemberStatus;
import dev.sluice.workflows.activity.MembershipActivities.MemberStatus.MemberState;
import dev.sluice.workflows.activity.MembershipActivities.ProxyMembers;
import dev.sluice.workflows.model.node.NodeName;
import java.util.List;
import java.util.Optional;

/** Reads the members of a proxy from its script. */
final class MemberStates {
    private static final String OTHER_HAND = "another hand";

    private static final String NODE_NAME = "[a-z]([a-z0-9-]{0,61}[a-z0-9])?";

    private MemberStates() {}

    static ProxyMembers read(ProxyConnection proxy) {
        List<MemberStatus> members = lines(proxy.ask(ProxyScript.READ)).stream()
                .map(MemberStates::member)
                .toList();
        return new ProxyMembers(proxy.name(), Optional.empty(), members);
    }

    /** Returns the lines of members. A file of another hand, whose name is no node's, is no member; doctor names it. */
    static List<List<String>> lines(ScriptOutput output) {
        return lines(output, "member");
    }

    /** The same of lines with another first word. */
    static List<List<String>> lines(ScriptOutput output, String name) {
        return output.all(name).stream()
                .filter(line -> at(line, 1).matches(NODE_NAME))
                .toList();
    }

    /** The line {@code member|name|state|url|running|elected|by|when|why}; those after the state may be empty. */
    private static MemberStatus member(List<String> line) {
        Optional<EjectionRecord> ejection = EjectionRecord.of(ejection(line));
        String elected = at(line, 5);
        return new MemberStatus(
                new NodeName(at(line, 1)),
                state(at(line, 2), ejection),
                at(line, 4),
                elected.matches("\\d{1,18}") ? Long.parseLong(elected) : 0,
                ejection.map(EjectionRecord::describe));
    }

    private static MemberState state(String word, Optional<EjectionRecord> ejection) {
        return switch (word) {
            case "joined" -> MemberState.JOINED;
            case "ejected" ->
                ejection.filter(by -> by.by().equals(OTHER_HAND)).isPresent()
                        ? MemberState.EJECTED_BY_ANOTHER_HAND
                        : MemberState.EJECTED;
            case "left" -> MemberState.LEFT;
            default -> MemberState.DRAINING;
        };
    }

    /** The part of a member's line about its ejection. */
    static List<String> ejection(List<String> line) {
        return line.subList(Math.min(6, line.size()), line.size());
    }

    static String at(List<String> line, int index) {
        return index < line.size() ? line.get(index) : "";
    }

    /** The person, time and reason of an ejection. */
    record EjectionRecord(String by, String when, String why) {
        static Optional<EjectionRecord> of(List<String> words) {
            if (at(words, 0).isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new EjectionRecord(at(words, 0), at(words, 1), at(words, 2)));
        }

        /** Such as {@code by ana, 2026-11-22T18:26:31Z: too slow}. */
        String describe() {
            return "by %s%s: %s".formatted(by, when.isEmpty() ? "" : ", " + when, why);
        }
    }
}
