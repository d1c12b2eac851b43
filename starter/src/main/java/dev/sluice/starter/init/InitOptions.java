package dev.sluice.starter.init;

import dev.sluice.starter.clusterfile.ClusterFileProblem;
import dev.sluice.starter.init.TerminalPrompt.PromptQuestion;
import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.session.CliSession;
import dev.sluice.workflows.model.cluster.CloudAccount;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Collects the values of a first cluster file: from options, else from the terminal, else defaults. */
final class InitOptions {
    static final InitValues EXAMPLE =
            new InitValues("hello", "hello.example", "www", "fra1", "s-1vcpu-1gb", Optional.empty(), List.of("sluice"));

    @Option(names = "--cluster", paramLabel = "NAME", description = "Name of the cluster; prefix of its nodes' names.")
    @Nullable
    String cluster;

    @Option(names = "--domain", paramLabel = "DOMAIN", description = "The DNS zone at DigitalOcean.")
    @Nullable
    String domain;

    @Option(names = "--service", paramLabel = "NAME", description = "The service's name in that zone (default: www).")
    @Nullable
    String service;

    @Option(names = "--region", paramLabel = "REGION", description = "Region of the droplets, such as fra1.")
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

    /** Returns all values; without a terminal it throws exit code 2, which names every missing option. */
    InitValues complete(Optional<CloudAccount> account, CliSession session) {
        List<String> domains = account.map(CloudAccount::domains).orElse(List.of());
        List<String> names = account.map(known ->
                        known.keys().stream().map(CloudAccount.AccountKey::name).toList())
                .orElse(List.of());
        if (session.isTerminal()) {
            ask(account, domains, names, session);
        }
        domain = or(domain, only(domains));
        if (keys.isEmpty() && names.size() == 1) {
            keys = names;
        }
        refuseIfIncomplete();
        return now();
    }

    private void ask(Optional<CloudAccount> account, List<String> domains, List<String> names, CliSession session) {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        TerminalPrompt questions = new TerminalPrompt(in, session.err());
        cluster = prompt(questions, cluster, "cluster", "Name of the cluster", "", List.of(), text -> cluster = text);
        domain = prompt(
                questions, domain, "domain", "Domain at DigitalOcean", only(domains), domains, text -> domain = text);
        service = prompt(
                questions, service, "service", "Name of the service in it", "www", List.of(), text -> service = text);
        region = prompt(
                questions,
                region,
                "region",
                "Region",
                "",
                account.map(CloudAccount::regions).orElse(List.of()),
                text -> region = text);
        size = prompt(
                questions, size, "size", "Size of the droplets", "s-1vcpu-1gb", sizes(account), text -> size = text);
        if (keys.isEmpty()) {
            String key = prompt(
                    questions, null, "ssh_keys", "Key that may log in", only(names), names, text -> keys = list(text));
            keys = list(key);
        }
    }

    private List<String> sizes(Optional<CloudAccount> account) {
        return account.map(known -> known.sizes().stream()
                        .filter(one -> one.regions().contains(String.valueOf(region)))
                        .map(CloudAccount.OfferedSize::slug)
                        .toList())
                .orElse(List.of());
    }

    /** Asks for a value; the cluster file's reader validates each answer in its place. */
    private @Nullable String prompt(
            TerminalPrompt questions,
            @Nullable String given,
            String key,
            String words,
            String usual,
            List<String> choices,
            java.util.function.Consumer<String> place) {
        if (given != null) {
            return given;
        }
        Function<String, List<ClusterFileProblem>> check = answer -> {
            place.accept(answer);
            return new ClusterFileScaffold(now(), "sluice.yaml").validate();
        };
        return questions
                .ask(new PromptQuestion(key, words, usual, choices), check)
                .orElse(null);
    }

    private InitValues now() {
        return new InitValues(
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
            throw new CliException(
                    ExitCode.USAGE,
                    "Nothing was written: add %s; without a terminal init cannot ask for them."
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
