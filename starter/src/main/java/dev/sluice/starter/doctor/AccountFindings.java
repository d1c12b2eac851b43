package dev.sluice.starter.doctor;

import dev.sluice.starter.clusterfile.WordSuggestion;
import dev.sluice.workflows.model.cluster.CloudAccount;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.RoleSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Checks whether an account has the quota and the resources that a cluster file names. */
public final class AccountFindings {
    /** Number of parts of an account that can be unknown; if all are, the token is invalid. */
    private static final int PARTS = 7;

    private final CloudAccount account;
    private final List<DoctorFinding> findings = new ArrayList<>();

    private AccountFindings(CloudAccount account) {
        this.account = account;
    }

    /** Returns findings about the token and the quota, and about the resources that the file names. */
    public static List<DoctorFinding> of(CloudAccount account, Optional<ClusterFile> file) {
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
            findings.add(DoctorFinding.stops("token", account.unknown().get(0)));
            return false;
        }
        account.unknown().forEach(part -> findings.add(DoctorFinding.stops("token", "may not read " + part)));
        if (account.unknown().isEmpty()) {
            findings.add(DoctorFinding.ok("token", "valid, may read the account"));
        }
        return true;
    }

    private void quota() {
        if (isUnknown("droplet")) {
            return;
        }
        String result = "%d of %d droplets are in use".formatted(account.droplets(), account.dropletLimit());
        findings.add(
                account.droplets() < account.dropletLimit()
                        ? DoctorFinding.ok("quota", result)
                        : DoctorFinding.stops(
                                "quota", result + ": destroy some, or request a higher limit from DigitalOcean"));
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
        if (!isUnknown("images") && !account.images().isEmpty()) {
            file.roles().entrySet().stream()
                    .sorted(Comparator.comparing(entry -> entry.getKey()))
                    .map(entry -> named(
                            "image of " + entry.getKey(),
                            entry.getValue().bake().image(),
                            account.images(),
                            "DigitalOcean has no image"))
                    .forEach(findings::add);
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

    private static DoctorFinding named(String what, String name, List<String> known, String missing) {
        return known.contains(name)
                ? DoctorFinding.ok(what, name)
                : DoctorFinding.stops(what, "%s %s%s".formatted(missing, name, WordSuggestion.suggest(name, known)));
    }

    private DoctorFinding size(Role role, RoleSpec spec, String region) {
        String what = "size of " + role;
        Optional<CloudAccount.OfferedSize> size = account.sizes().stream()
                .filter(one -> one.slug().equals(spec.size()))
                .findFirst();
        if (size.isEmpty()) {
            List<String> offered = account.sizes().stream()
                    .filter(one -> one.regions().contains(region))
                    .map(CloudAccount.OfferedSize::slug)
                    .limit(12)
                    .toList();
            return DoctorFinding.stops(
                    what,
                    "DigitalOcean has no size %s%s"
                            .formatted(spec.size(), WordSuggestion.suggest(spec.size(), offered)));
        }
        return size.get().regions().contains(region)
                ? DoctorFinding.ok(
                        what,
                        "%s, %s USD an hour"
                                .formatted(
                                        spec.size(), Double.toString(size.get().usdPerHour())))
                : DoctorFinding.stops(
                        what,
                        "%s is not offered in %s; it is offered in %s"
                                .formatted(
                                        spec.size(),
                                        region,
                                        String.join(", ", size.get().regions())));
    }

    private DoctorFinding network(ClusterFile file) {
        if (file.vpc().isEmpty()) {
            return DoctorFinding.ok("VPC", "the default VPC of " + file.region());
        }
        String id = file.vpc().get();
        return account.networks().stream()
                .filter(network -> network.id().equals(id))
                .findFirst()
                .map(network -> network.region().equals(file.region())
                        ? DoctorFinding.ok("VPC", id)
                        : DoctorFinding.stops(
                                "VPC",
                                "%s is in %s, expected %s as the cluster"
                                        .formatted(id, network.region(), file.region())))
                .orElseGet(() -> DoctorFinding.stops("VPC", "the account has no VPC " + id));
    }

    private DoctorFinding keys(ClusterFile file) {
        if (file.sshKeys().isEmpty()) {
            return DoctorFinding.warn(
                    "SSH keys", "ssh_keys names no key: the workers can log in only if the image has theirs");
        }
        List<String> known =
                account.keys().stream().map(CloudAccount.AccountKey::name).toList();
        return file.sshKeys().stream()
                .filter(key -> account.keys().stream()
                        .noneMatch(one ->
                                one.name().equals(key) || one.fingerprint().equals(key)))
                .findFirst()
                .map(key -> DoctorFinding.stops(
                        "SSH keys", "the account has no key %s%s".formatted(key, WordSuggestion.suggest(key, known))))
                .orElseGet(() -> DoctorFinding.ok("SSH keys", String.join(", ", file.sshKeys())));
    }
}
