package dev.sluice.starter.clusterfile;

import static dev.sluice.starter.clusterfile.ClusterFileReader.matches;

import dev.sluice.workflows.model.check.ExpirySettings;
import dev.sluice.workflows.model.check.ExpirySettings.DayLimits;
import dev.sluice.workflows.model.check.ExpirySettings.WatchedDomain;
import dev.sluice.workflows.model.check.ExpirySettings.WatchedName;
import dev.sluice.workflows.model.cluster.NotificationSettings;
import dev.sluice.workflows.model.cluster.SecretName;
import java.net.IDN;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads which dates are watched, and where notices are sent. */
final class ExpiryReader {
    /** The list of the registries' servers: RFC 9224. */
    private static final String REGISTRIES = "https://data.iana.org/rdap/dns.json";

    private static final Duration EVERY = Duration.ofHours(1);
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final DayLimits LEFT = new DayLimits(30, 7);
    private static final DayLimits OLD = new DayLimits(90, 365);

    private final ReferencedFiles texts;
    private final ProblemCollector problems;

    ExpiryReader(ReferencedFiles texts, ProblemCollector problems) {
        this.texts = texts;
        this.problems = problems;
    }

    /** Reads the section. The service's own name is always watched, at every proxy, on the proxies' port. */
    Optional<ExpirySettings> read(YamlSection expiry, String serviceName, int port) {
        Duration every = expiry.duration("every", EVERY);
        if (every.compareTo(SHORTEST) < 0) {
            expiry.problem("every", "is shorter than a minute; expected at least 1m");
        }
        String authorities = expiry.has("authorities") ? texts.read(expiry, "authorities") : "";
        if (expiry.has("authorities") && !authorities.contains("-----BEGIN CERTIFICATE-----")) {
            expiry.problem("authorities", "the file contains no certificate in PEM format");
        }
        String registries = expiry.text("registries", REGISTRIES, matches("https?://[^\\s]+"), "a URL");
        String renew = expiry.text("renew", "", text -> true, "a command");
        List<Optional<WatchedName>> names = expiry.each("names", section -> name(section, serviceName, port, renew));
        List<Optional<WatchedDomain>> domains = expiry.each("domains", this::domain);
        DayLimits templates =
                expiry.section("templates", section -> age(section)).orElse(OLD);
        return problems.isEmpty()
                ? Optional.of(new ExpirySettings(
                        every,
                        withService(present(names), serviceName, port, renew),
                        present(domains),
                        templates,
                        authorities,
                        registries))
                : Optional.empty();
    }

    private Optional<WatchedName> name(YamlSection name, String serviceName, int port, String renew) {
        String host = host(name);
        return Optional.of(new WatchedName(
                host,
                name.number("port", host.equals(serviceName) ? port : 443, 1, 65535),
                name.flag("proxies", host.equals(serviceName)),
                timeLeft(name),
                name.text("renew", renew, text -> true, "a command")));
    }

    private static List<WatchedName> withService(List<WatchedName> names, String serviceName, int port, String renew) {
        List<WatchedName> all = new ArrayList<>(names);
        if (names.stream().noneMatch(name -> name.name().equals(serviceName))) {
            all.add(0, new WatchedName(serviceName, port, true, LEFT, renew));
        }
        return all;
    }

    private Optional<WatchedDomain> domain(YamlSection domain) {
        String name = host(domain);
        Optional<String> until = domain.optional("until", ExpiryReader::isDay, "a day such as 2027-05-31");
        String renew = domain.text("renew", "", text -> true, "a command");
        DayLimits left = timeLeft(domain);
        return problems.isEmpty()
                ? Optional.of(new WatchedDomain(name, left, until.map(LocalDate::parse), renew))
                : Optional.empty();
    }

    /** Returns the name in ASCII form, as certificates and registries contain it. */
    private static String host(YamlSection section) {
        String text = section.text("name", ExpiryReader::isHost, "a name such as www.hello.example");
        return isHost(text) ? ascii(text) : "";
    }

    private static boolean isHost(String text) {
        try {
            return ascii(text).matches("([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z][a-z0-9-]*[a-z0-9]");
        } catch (IllegalArgumentException notAName) {
            return false;
        }
    }

    private static String ascii(String text) {
        return IDN.toASCII(text.toLowerCase(Locale.ROOT), IDN.USE_STD3_ASCII_RULES);
    }

    private static boolean isDay(String text) {
        try {
            return LocalDate.parse(text).getYear() > 2000;
        } catch (DateTimeException notADay) {
            return false;
        }
    }

    /** Reads limits of a remaining time, which shrinks towards the critical limit. */
    private static DayLimits timeLeft(YamlSection section) {
        return days(section, LEFT, limits -> limits.critical() <= limits.warn());
    }

    /** Reads limits of an age, which grows towards the critical limit. */
    private static DayLimits age(YamlSection section) {
        return days(section, OLD, limits -> limits.critical() >= limits.warn());
    }

    private static DayLimits days(YamlSection section, DayLimits usual, Predicate<DayLimits> ordered) {
        DayLimits days = new DayLimits(
                section.number("warn", usual.warn(), 0, 100_000),
                section.number("critical", usual.critical(), 0, 100_000));
        if (!ordered.test(days)) {
            section.problem("critical is %d and warn is %d: critical would be reached before warn"
                    .formatted(days.critical(), days.warn()));
        }
        return days;
    }

    Optional<NotificationSettings> notices(YamlSection notices) {
        String webhook = notices.text(
                "webhook",
                matches("[a-z][a-z0-9-]{0,62}"),
                "the name of a secret of the workers that holds the URL: lower-case letters, digits and hyphens");
        String form = notices.text("form", "json", matches("json|slack"), "json or slack");
        return problems.isEmpty()
                ? Optional.of(new NotificationSettings(
                        new SecretName(webhook),
                        NotificationSettings.WebhookFormat.valueOf(form.toUpperCase(Locale.ROOT))))
                : Optional.empty();
    }

    private static <T> List<T> present(List<Optional<T>> list) {
        return list.stream().flatMap(Optional::stream).toList();
    }
}
