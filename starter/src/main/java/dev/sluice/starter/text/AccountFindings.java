package dev.sluice.starter.text;

import dev.sluice.starter.clusterfile.Suggestion;
import dev.sluice.workflows.model.Account;
import dev.sluice.workflows.model.ClusterFile;
import dev.sluice.workflows.model.Role;
import dev.sluice.workflows.model.RoleSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What an account means for a cluster file: whether all that the file names is there. */
public final class AccountFindings {
    /** Parts of an account that can be unknown; if all are, the token is no token. */
    private static final int PARTS = 7;

    private final Account account;
    private final List<Finding> findings = new ArrayList<>();

    private AccountFindings(Account account) {
        this.account = account;
    }

    /** The token and the quota, and what the file names if there is one. */
    public static List<Finding> of(Account account, Optional<ClusterFile> file) {
        AccountFindings found = new AccountFindings(account);
        if (!found.token()) {
            return found.findings;
        }
        found.quota();
        file.ifPresent(found::names);
        return found.findings;
    }

    private boolean token() {
        if (account.unknown().size() >= PARTS) {
            findings.add(Finding.stops("token", account.unknown().get(0)));
            return false;
        }
        account.unknown().forEach(part -> findings.add(Finding.stops("token", "may not read " + part)));
        if (account.unknown().isEmpty()) {
            findings.add(Finding.ok("token", "works, and may read the account"));
        }
        return true;
    }

    private void quota() {
        if (isUnknown("droplet")) {
            return;
        }
        String says = "%d of %d droplets are in use".formatted(account.droplets(), account.dropletLimit());
        findings.add(
                account.droplets() < account.dropletLimit()
                        ? Finding.ok("quota", says)
                        : Finding.stops("quota", says + ": destroy some, or ask DigitalOcean for more"));
    }

    private void names(ClusterFile file) {
        if (!isUnknown("regions")) {
            findings.add(named("region", file.region(), account.regions(), "DigitalOcean has no region"));
        }
        if (!isUnknown("sizes")) {
            file.roles().entrySet().stream()
                    .sorted(Comparator.comparing(entry -> entry.getKey()))
                    .forEach(entry -> findings.add(size(entry.getKey(), entry.getValue(), file.region())));
        }
        if (!isUnknown("VPCs")) {
            findings.add(network(file));
        }
        if (!isUnknown("SSH keys")) {
            findings.add(keys(file));
        }
        if (!isUnknown("domains")) {
            findings.add(named("domain", file.domain(), account.domains(), "the account has no domain"));
        }
    }

    private boolean isUnknown(String part) {
        return account.unknown().stream().anyMatch(line -> line.startsWith(part));
    }

    private static Finding named(String what, String name, List<String> known, String missing) {
        return known.contains(name)
                ? Finding.ok(what, name)
                : Finding.stops(
                        what,
                        "%s %s%s"
                                .formatted(
                                        missing,
                                        name,
                                        known.isEmpty() ? "; it has none yet" : Suggestion.of(name, known)));
    }

    private Finding size(Role role, RoleSpec spec, String region) {
        String what = "size of " + role;
        Optional<Account.Size> size = account.sizes().stream()
                .filter(one -> one.slug().equals(spec.size()))
                .findFirst();
        if (size.isEmpty()) {
            List<String> offered = account.sizes().stream()
                    .filter(one -> one.regions().contains(region))
                    .map(Account.Size::slug)
                    .limit(12)
                    .toList();
            return Finding.stops(
                    what, "DigitalOcean has no size %s%s".formatted(spec.size(), Suggestion.of(spec.size(), offered)));
        }
        return size.get().regions().contains(region)
                ? Finding.ok(
                        what,
                        "%s, %s USD an hour"
                                .formatted(
                                        spec.size(), Double.toString(size.get().usdPerHour())))
                : Finding.stops(
                        what,
                        "%s is not offered in %s, but in %s"
                                .formatted(
                                        spec.size(),
                                        region,
                                        String.join(", ", size.get().regions())));
    }

    private Finding network(ClusterFile file) {
        if (file.vpc().isEmpty()) {
            return Finding.ok("VPC", "the default one of " + file.region());
        }
        String id = file.vpc().get();
        return account.networks().stream()
                .filter(network -> network.id().equals(id))
                .findFirst()
                .map(network -> network.region().equals(file.region())
                        ? Finding.ok("VPC", id)
                        : Finding.stops(
                                "VPC",
                                "%s is in %s, and the cluster in %s".formatted(id, network.region(), file.region())))
                .orElseGet(() -> Finding.stops("VPC", "the account has no VPC " + id));
    }

    private Finding keys(ClusterFile file) {
        if (file.sshKeys().isEmpty()) {
            return Finding.warn(
                    "SSH keys", "ssh_keys names none: the workers can log in only if the image has their key");
        }
        List<String> known = account.keys().stream().map(Account.Key::name).toList();
        return file.sshKeys().stream()
                .filter(key -> account.keys().stream()
                        .noneMatch(one ->
                                one.name().equals(key) || one.fingerprint().equals(key)))
                .findFirst()
                .map(key -> Finding.stops(
                        "SSH keys",
                        "the account has no key %s%s"
                                .formatted(key, known.isEmpty() ? "; it has none yet" : Suggestion.of(key, known))))
                .orElseGet(() -> Finding.ok("SSH keys", String.join(", ", file.sshKeys())));
    }
}
