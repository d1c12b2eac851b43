package dev.sluice.activities.expiry;

import dev.sluice.activities.expiry.RecordingTrustManager.PresentedChain;
import dev.sluice.workflows.model.check.CheckStatus;
import dev.sluice.workflows.model.check.ExpiryFinding;
import dev.sluice.workflows.model.check.ExpiryFinding.ExpiryKind;
import dev.sluice.workflows.model.check.ExpirySettings.WatchedName;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;

/** Judges the certificate of a server: one finding with all of its problems and the worst status. */
final class CertificateJudge {
    private final WatchedName watched;
    private final Instant now;
    private final List<String> problems = new ArrayList<>();
    private CheckStatus status = CheckStatus.OK;

    private CertificateJudge(WatchedName watched, Instant now) {
        this.watched = watched;
        this.now = now;
    }

    static ExpiryFinding judge(WatchedName watched, String where, PresentedChain shown, Instant now) {
        CertificateJudge judge = new CertificateJudge(watched, now);
        X509Certificate shortest = shortest(shown.chain());
        boolean inTime = judge.checkValidity(shown, shortest);
        judge.checkHost(shown.own());
        judge.checkSignatures(shown);
        judge.checkTrust(shown, inTime);
        return judge.verdict(where, shortest.getNotAfter().toInstant());
    }

    /** The finding if no server answered: unknown is no error, but never passes. */
    static ExpiryFinding unknown(WatchedName watched, String where, String says) {
        return new ExpiryFinding(
                ExpiryKind.CERTIFICATE, watched.name(), where, CheckStatus.UNKNOWN, Optional.empty(), "it " + says);
    }

    private static X509Certificate shortest(List<X509Certificate> chain) {
        return chain.stream()
                .min(Comparator.comparing(X509Certificate::getNotAfter))
                .orElseThrow();
    }

    private boolean checkValidity(PresentedChain shown, X509Certificate shortest) {
        Instant begins = shown.own().getNotBefore().toInstant();
        Instant ends = shortest.getNotAfter().toInstant();
        String whose = whose(shown, shortest);
        if (now.isBefore(begins)) {
            critical("it is not valid before %s".formatted(day(begins)));
            return false;
        }
        if (!now.isBefore(ends)) {
            critical("%s ended on %s, %d days ago"
                    .formatted(whose, day(ends), Duration.between(ends, now).toDays()));
            return false;
        }
        long left = Duration.between(now, ends).toDays();
        if (left < watched.left().warn()) {
            boolean urgent = left < watched.left().critical();
            note(
                    urgent ? CheckStatus.CRITICAL : CheckStatus.WARN,
                    "%s ends on %s, in %d days, expected at least %d"
                            .formatted(
                                    whose,
                                    day(ends),
                                    left,
                                    urgent
                                            ? watched.left().critical()
                                            : watched.left().warn()));
        }
        return true;
    }

    private void checkHost(X509Certificate own) {
        List<String> names = HostnameMatch.names(own);
        if (!HostnameMatch.covers(names, watched.name())) {
            critical("it is for %s, expected this name".formatted(names.isEmpty() ? "no name" : some(names)));
        }
    }

    /** Rejects SHA-1 below every authority as browsers do; Java rejects it only below its own authorities. */
    private void checkSignatures(PresentedChain shown) {
        shown.signed().stream()
                .filter(certificate -> !isOwnIssuer(certificate))
                .filter(certificate -> certificate.getSigAlgName().startsWith("SHA1with"))
                .findFirst()
                .ifPresent(old -> critical("%s is signed with %s, which browsers refuse"
                        .formatted(whose(shown, old), old.getSigAlgName())));
    }

    private static String whose(PresentedChain shown, X509Certificate one) {
        return one.equals(shown.own())
                ? "it"
                : "the certificate of its authority %s, sent along,".formatted(name(one.getSubjectX500Principal()));
    }

    private static String some(List<String> names) {
        String first = names.stream().limit(4).collect(Collectors.joining(", "));
        return names.size() > 4 ? "%s and %d more".formatted(first, names.size() - 4) : first;
    }

    /** Checks the chain. For an expired certificate the trust manager reports only the expiry, so its issuer is checked here. */
    private void checkTrust(PresentedChain shown, boolean inTime) {
        if (shown.objection().isEmpty()) {
            return;
        }
        X509Certificate last = shown.chain().get(shown.chain().size() - 1);
        if (isOwnIssuer(shown.own())) {
            critical("it is self-signed, not by an authority");
        } else if (!inTime) {
            return;
        } else if (!isUnknownIssuer(shown.objection().get())) {
            critical("its chain is not accepted: " + innermost(shown.objection().get()));
        } else if (isOwnIssuer(last)) {
            critical("its authority %s is trusted neither by the system nor by the cluster file"
                    .formatted(name(last.getSubjectX500Principal())));
        } else {
            critical(("the server sends no certificate of %s, which signed %s: the intermediate is missing there,"
                            + " or that authority is not trusted")
                    .formatted(
                            name(last.getIssuerX500Principal()),
                            shown.chain().size() == 1 ? "it" : "the last one sent"));
        }
    }

    private static boolean isOwnIssuer(X509Certificate certificate) {
        return certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
    }

    private static boolean isUnknownIssuer(CertificateException objection) {
        return innermost(objection).contains("unable to find valid certification path");
    }

    private static String innermost(Throwable objection) {
        Throwable at = objection;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return String.valueOf(at.getMessage()).replaceAll("\\.$", "");
    }

    private void critical(String problem) {
        note(CheckStatus.CRITICAL, problem);
    }

    private void note(CheckStatus worse, String problem) {
        status = status == CheckStatus.CRITICAL ? status : worse;
        problems.add(problem);
    }

    private ExpiryFinding verdict(String where, Instant ends) {
        String says = status == CheckStatus.OK
                ? "%d days left".formatted(Duration.between(now, ends).toDays())
                : String.join("; ", problems) + renewal();
        return new ExpiryFinding(ExpiryKind.CERTIFICATE, watched.name(), where, status, Optional.of(ends), says);
    }

    private String renewal() {
        return watched.renew().isBlank() ? "" : ". Renew it with: " + watched.renew();
    }

    private static String name(X500Principal principal) {
        return "'%s'".formatted(principal.getName());
    }

    private static String day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC).toString();
    }
}
