package dev.sluice.activities.membership;

import dev.sluice.activities.ssh.Answer;
import dev.sluice.activities.ssh.Shell;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeName;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;

/** One proxy that is asked over its connection; what it refuses becomes a typed failure that names it. */
record Proxy(Node node, Shell shell) {
    /** Waiting for the lock (5 s), the locked script (10 s) and the way there and back. */
    private static final Duration LIMIT = Duration.ofSeconds(18);

    NodeName name() {
        return node.name();
    }

    Facts ask(Verb verb, String... arguments) {
        return ask(LIMIT, verb, arguments);
    }

    /** Fails with PROXY_REFUSED, GUARD_REFUSED, PROXY_UNREACHABLE, or {@link Busy} if it should be asked again soon. */
    Facts ask(Duration limit, Verb verb, String... arguments) {
        Answer answer = run(limit, verb, arguments);
        String words = answer.err().strip();
        return switch (answer.exit()) {
            case 0 -> Facts.of(answer.out());
            case 70 -> throw Failures.of(FailureType.PROXY_REFUSED, "%s refuses: %s".formatted(name(), words));
            case 71 -> throw guarded(words);
            case 72 -> throw unreachable(words);
            case 75 -> throw unreachable("another writer has held its members' lock for 5 s");
            case 76 -> throw new Busy("%s: %s".formatted(name(), words));
            case 124, 137 -> throw unreachable("its script did not end within 10 s");
            default ->
                throw Failures.of(
                        FailureType.PROXY_REFUSED,
                        "%s: the script '%s' ended with exit status %d: %s"
                                .formatted(name(), verb, answer.exit(), words));
        };
    }

    private Answer run(Duration limit, Verb verb, String... arguments) {
        try {
            return shell.run(verb.command(arguments), limit);
        } catch (ApplicationFailure failure) {
            boolean identity = Failures.type(failure)
                    .filter(FailureType.HOST_IDENTITY::equals)
                    .isPresent();
            throw identity ? failure : unreachable(failure.getOriginalMessage());
        }
    }

    private ApplicationFailure unreachable(String why) {
        return Failures.of(
                FailureType.PROXY_UNREACHABLE,
                "Proxy %s (%s) cannot be asked: %s".formatted(name(), node.privateAddress(), why));
    }

    private ApplicationFailure guarded(String words) {
        Facts facts = Facts.of("guard|" + words);
        String minimum =
                facts.all("guard").get(0).size() > 2 ? facts.all("guard").get(0).get(2) : "?";
        return Failures.of(
                FailureType.GUARD_REFUSED,
                "Refused: on %s %s other members are healthy, and the role's minimum is %s."
                        .formatted(name(), facts.text("guard"), minimum));
    }

    /** It cannot be done just now, and waiting helps. */
    static final class Busy extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Busy(String says) {
            super(says);
        }
    }
}
