package dev.sluice.starter.command;

import dev.sluice.starter.Session;
import dev.sluice.starter.clusterfile.Problem;
import dev.sluice.starter.first.FirstCluster;
import dev.sluice.starter.first.FirstFiles;
import dev.sluice.starter.first.Questions;
import dev.sluice.starter.first.Questions.Question;
import dev.sluice.starter.text.ExitCode;
import dev.sluice.starter.text.Trouble;
import dev.sluice.workflows.model.Account;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a first cluster file needs: from options, else from the terminal, else the usual. */
final class FirstAnswers {
    static final FirstCluster EXAMPLE = new FirstCluster(
            "hello", "hello.example", "www", "fra1", "s-1vcpu-1gb", Optional.empty(), List.of("sluice"));

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            description = "Name of the cluster; begins the names of its nodes.")
    @Nullable
    String cluster;

    @Option(names = "--domain", paramLabel = "DOMAIN", description = "The DNS zone at DigitalOcean.")
    @Nullable
    String domain;

    @Option(names = "--service", paramLabel = "NAME", description = "The service's name in that zone (default: www).")
    @Nullable
    String service;

    @Option(names = "--region", paramLabel = "REGION", description = "Where droplets are made, such as fra1.")
    @Nullable
    String region;

    @Option(names = "--size", paramLabel = "SIZE", description = "Size of the droplets (default: s-1vcpu-1gb).")
    @Nullable
    String size;

    @Option(names = "--vpc", paramLabel = "UUID", description = "The private network (default: the region's).")
    @Nullable
    String vpc;

    @Option(
            names = "--ssh-key",
            paramLabel = "KEY",
            description = "Name or fingerprint of a key of the account that may log in; can be repeated.")
    List<String> keys = new ArrayList<>();

    /** All of them; exit code 2 naming every option that is missing where nobody can be asked. */
    FirstCluster completed(Optional<Account> account, Session session) {
        List<String> domains = account.map(Account::domains).orElse(List.of());
        List<String> names = account.map(
                        known -> known.keys().stream().map(Account.Key::name).toList())
                .orElse(List.of());
        if (session.terminal()) {
            ask(account, domains, names, session);
        }
        domain = or(domain, only(domains));
        if (keys.isEmpty() && names.size() == 1) {
            keys = names;
        }
        refuseIfIncomplete();
        return now();
    }

    private void ask(Optional<Account> account, List<String> domains, List<String> names, Session session) {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        Questions questions = new Questions(in, session.err());
        cluster = asked(questions, cluster, "cluster", "Name of the cluster", "", List.of(), text -> cluster = text);
        domain = asked(
                questions, domain, "domain", "Domain at DigitalOcean", only(domains), domains, text -> domain = text);
        service = asked(
                questions, service, "service", "Name of the service in it", "www", List.of(), text -> service = text);
        region = asked(
                questions,
                region,
                "region",
                "Region",
                "",
                account.map(Account::regions).orElse(List.of()),
                text -> region = text);
        size = asked(
                questions, size, "size", "Size of the droplets", "s-1vcpu-1gb", sizes(account), text -> size = text);
        if (keys.isEmpty()) {
            String key = asked(
                    questions, null, "ssh_keys", "Key that may log in", only(names), names, text -> keys = list(text));
            keys = list(key);
        }
    }

    private List<String> sizes(Optional<Account> account) {
        return account.map(known -> known.sizes().stream()
                        .filter(one -> one.regions().contains(String.valueOf(region)))
                        .map(Account.Size::slug)
                        .toList())
                .orElse(List.of());
    }

    /** Tried in its place before it is accepted, so that the cluster file's own reader judges it. */
    private @Nullable String asked(
            Questions questions,
            @Nullable String given,
            String key,
            String words,
            String usual,
            List<String> choices,
            java.util.function.Consumer<String> place) {
        if (given != null) {
            return given;
        }
        Function<String, List<Problem>> check = answer -> {
            place.accept(answer);
            return new FirstFiles(now(), "sluice.yaml").problems();
        };
        return questions.ask(new Question(key, words, usual, choices), check).orElse(null);
    }

    private FirstCluster now() {
        return new FirstCluster(
                or(cluster, EXAMPLE.cluster()),
                or(domain, EXAMPLE.domain()),
                or(service, EXAMPLE.service()),
                or(region, EXAMPLE.region()),
                or(size, EXAMPLE.size()),
                Optional.ofNullable(vpc),
                keys);
    }

    private void refuseIfIncomplete() {
        List<String> missing = new ArrayList<>();
        if (or(cluster, "").isEmpty()) {
            missing.add("--cluster");
        }
        if (or(domain, "").isEmpty()) {
            missing.add("--domain");
        }
        if (or(region, "").isEmpty()) {
            missing.add("--region");
        }
        if (!missing.isEmpty()) {
            throw new Trouble(
                    ExitCode.USAGE,
                    "Nothing was written: say %s; there is nobody at a terminal to ask."
                            .formatted(String.join(", ", missing)));
        }
    }

    private static String only(List<String> words) {
        return words.size() == 1 ? words.get(0) : "";
    }

    private static List<String> list(@Nullable String word) {
        return word == null || word.isBlank() ? List.of() : List.of(word);
    }

    private static String or(@Nullable String word, String otherwise) {
        return word == null ? otherwise : word;
    }
}
