package dev.sluice.activities.membership;

import dev.sluice.activities.ssh.CommandResult;
import dev.sluice.activities.ssh.RemoteText;
import dev.sluice.activities.ssh.Shell;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;

/** Runs scripts on one proxy; a refusal becomes a typed failure that names the proxy. */
record ProxyConnection(Node node, Shell shell) {
    /** Covers the wait for the lock (5 s), the locked script (10 s) and the round trip. */
    private static final Duration LIMIT = Duration.ofSeconds(18);

    NodeName name() {
        return node.name();
    }

    ScriptOutput ask(ProxyScript verb, String... arguments) {
        return ask(LIMIT, verb, arguments);
    }

    /** Fails with PROXY_REFUSED, GUARD_REFUSED or PROXY_UNREACHABLE, or {@link ProxyBusyException} for a retry soon. */
    ScriptOutput ask(Duration limit, ProxyScript verb, String... arguments) {
        CommandResult answer = run(limit, verb, arguments);
        String words = RemoteText.line(answer.err().strip());
        return switch (answer.exit()) {
            case 0 -> ScriptOutput.of(answer.out());
            case 70 -> throw TypedFailures.of(FailureType.PROXY_REFUSED, "%s refuses: %s".formatted(name(), words));
            case 71 -> throw guarded(words);
            case 72 -> throw unreachable(words);
            case 75 -> throw unreachable("another process has held its members' lock for 5 s");
            case 76 -> throw new ProxyBusyException("%s: %s".formatted(name(), words));
            case 124, 137 -> throw unreachable("its script did not end within 10 s");
            default ->
                throw TypedFailures.of(
                        FailureType.PROXY_REFUSED,
                        "%s: the script %s ended with exit status %d: %s"
                                .formatted(name(), verb, answer.exit(), words));
        };
    }

    private CommandResult run(Duration limit, ProxyScript verb, String... arguments) {
        try {
            return shell.run(verb.command(arguments), limit);
        } catch (ApplicationFailure failure) {
            throw isOfType(failure, FailureType.HOST_IDENTITY) ? failure : unreachable(failure.getOriginalMessage());
        }
    }

    static boolean isOfType(ApplicationFailure failure, FailureType type) {
        return type.name().equals(failure.getType());
    }

    private ApplicationFailure unreachable(String why) {
        return TypedFailures.of(
                FailureType.PROXY_UNREACHABLE,
                "Proxy %s (%s) cannot be queried: %s".formatted(name(), node.privateAddress(), why));
    }

    private ApplicationFailure guarded(String words) {
        ScriptOutput facts = ScriptOutput.of("guard|" + words);
        String minimum =
                facts.all("guard").get(0).size() > 2 ? facts.all("guard").get(0).get(2) : "?";
        return TypedFailures.of(
                FailureType.GUARD_REFUSED,
                "on %s %s other members are healthy, and the role's minimum is %s"
                        .formatted(name(), facts.text("guard"), minimum));
    }

    /** The proxy is busy; a later retry can succeed. */
    static final class ProxyBusyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ProxyBusyException(String says) {
            super(says);
        }
    }
}
