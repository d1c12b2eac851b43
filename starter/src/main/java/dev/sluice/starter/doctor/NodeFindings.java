package dev.sluice.starter.doctor;

import dev.sluice.starter.text.ChangeText;
import dev.sluice.workflows.ExamineCluster.ClusterExamination;
import dev.sluice.workflows.activity.NodeActivities.NodePingReport;
import dev.sluice.workflows.activity.ProxyActivities.ProxyFindings;
import dev.sluice.workflows.activity.WorkerActivities.WorkerFacts;
import dev.sluice.workflows.model.check.CheckSpec.CheckLimits;
import dev.sluice.workflows.model.cluster.CloudAccount;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.node.NodeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the doctor concludes of the workers' keys, the nodes, the proxies and everybody's clocks. */
final class NodeFindings {
    private NodeFindings() {}

    /** The worker's own files, and whether the key that it logs in with is put on the nodes. */
    public static List<DoctorFinding> worker(
            ClusterFile file, ClusterExamination seen, Optional<CloudAccount> account) {
        if (seen.worker().isEmpty()) {
            return List.of(DoctorFinding.stops(
                    "worker files", seen.whyUnknown("worker").orElse("not told")));
        }
        WorkerFacts worker = seen.worker().get();
        List<DoctorFinding> findings = new ArrayList<>();
        worker.wrong().forEach(wrong -> findings.add(DoctorFinding.stops("worker files", wrong)));
        if (worker.wrong().isEmpty()) {
            findings.add(DoctorFinding.ok(
                    "worker files",
                    "keys, host authority and secrets of worker %s are in order".formatted(worker.name())));
        }
        account.ifPresent(known -> findings.add(loginKey(file, worker, known)));
        return findings;
    }

    private static DoctorFinding loginKey(ClusterFile file, WorkerFacts worker, CloudAccount account) {
        return account.keys().stream()
                .filter(key -> key.fingerprint().equals(worker.loginKey()))
                .filter(key ->
                        file.sshKeys().contains(key.name()) || file.sshKeys().contains(key.fingerprint()))
                .findFirst()
                .map(key -> DoctorFinding.ok("workers' key", "%s, one of ssh_keys".formatted(key.name())))
                .orElseGet(() -> DoctorFinding.stops(
                        "workers' key",
                        "the key %s that workers log in with is none of ssh_keys: add its public half to the account and its name there"
                                .formatted(worker.loginKey())));
    }

    /** Each node: whether it answers, proves who it is, and has the files that it should have. */
    public static List<DoctorFinding> nodes(ClusterExamination seen) {
        if (seen.whyUnknown("nodes").isPresent()) {
            return List.of(DoctorFinding.stops("nodes", seen.whyUnknown("nodes").get()));
        }
        List<DoctorFinding> findings = new ArrayList<>();
        seen.greetings().forEach(greeting -> findings.add(greeted(greeting)));
        seen.nodes()
                .forEach(status -> seen.whyUnknown(status.ref().name().value())
                        .ifPresent(why -> findings.add(silent(status, why))));
        return findings.isEmpty() ? List.of(DoctorFinding.ok("nodes", "there are none yet")) : findings;
    }

    private static DoctorFinding greeted(NodePingReport greeting) {
        String name = greeting.node().value();
        return greeting.changed().isEmpty()
                ? DoctorFinding.ok(name, "answers, proves who it is, its files are as rendered")
                : DoctorFinding.warn(
                        name,
                        "%s: not as rendered from sluice.yaml; another hand changed it there, or the cluster file since"
                                .formatted(String.join(", ", greeting.changed())));
    }

    private static DoctorFinding silent(NodeStatus status, String why) {
        String name = status.ref().name().value();
        return status.ref().role().facesClients() ? DoctorFinding.stops(name, why) : DoctorFinding.warn(name, why);
    }

    /** Each proxy: its modules, its manager, and its files against what it runs. */
    public static List<DoctorFinding> proxies(ClusterExamination seen) {
        if (seen.whyUnknown("proxies").isPresent()) {
            return List.of(
                    DoctorFinding.stops("proxies", seen.whyUnknown("proxies").get()));
        }
        return seen.proxies().stream().flatMap(look -> proxy(look).stream()).toList();
    }

    private static List<DoctorFinding> proxy(ProxyFindings look) {
        String what = "on " + look.proxy();
        List<DoctorFinding> findings = new ArrayList<>();
        look.unreachable().ifPresent(why -> findings.add(DoctorFinding.stops(what, why)));
        look.missing()
                .forEach(module -> findings.add(DoctorFinding.stops(
                        what,
                        "Apache lacks mod_%s: bake a template with it, and replace the proxy".formatted(module))));
        look.broken()
                .ifPresent(words ->
                        findings.add(DoctorFinding.stops(what, "Apache would not load its configuration: " + words)));
        look.exposed()
                .forEach(place -> findings.add(DoctorFinding.stops(
                        what,
                        "balancer-manager answers everybody at %s: restrict it to the proxy itself".formatted(place))));
        look.differences()
                .forEach(words ->
                        findings.add(DoctorFinding.warn(what, "%s: the next deployment makes it so".formatted(words))));
        look.otherHands().forEach(words -> findings.add(DoctorFinding.warn(what, "another hand: " + words)));
        if (findings.isEmpty()) {
            findings.add(DoctorFinding.ok(
                    what,
                    "modules, manager and %s are as Sluice left them"
                            .formatted(ChangeText.count(look.members(), "member"))));
        }
        return findings;
    }

    /** How far apart the clocks are, of this machine, Temporal, the worker and the nodes. */
    public static DoctorFinding clocks(ClusterFile file, ClusterExamination seen, Instant asked, Instant answered) {
        CheckLimits limits = file.roles().values().stream()
                .map(spec -> spec.checks().limits())
                .findFirst()
                .orElse(CheckLimits.DEFAULT);
        Map<String, Duration> apart = new TreeMap<>();
        apart.put("Temporal", distance(seen.at(), asked, answered));
        seen.worker().ifPresent(worker -> apart.put("the worker", distance(worker.clock(), asked, answered)));
        seen.greetings()
                .forEach(greeting -> apart.put(
                        greeting.node().value(),
                        Duration.ofMillis(greeting.clock()).abs()));
        List<String> far = apart.entrySet().stream()
                .filter(entry -> entry.getValue().toSeconds() >= limits.clockWarn())
                .map(entry -> "%s is %d s off"
                        .formatted(entry.getKey(), entry.getValue().toSeconds()))
                .toList();
        if (far.isEmpty()) {
            return DoctorFinding.ok("clocks", "%d agree within %d s".formatted(apart.size() + 1, limits.clockWarn()));
        }
        String says = String.join(", ", far) + ": see to time synchronisation there";
        boolean critical = apart.values().stream().anyMatch(one -> one.toSeconds() >= limits.clockCritical());
        return critical ? DoctorFinding.stops("clocks", says) : DoctorFinding.warn("clocks", says);
    }

    /** None if it was between question and answer. */
    private static Duration distance(Instant clock, Instant asked, Instant answered) {
        if (clock.isBefore(asked)) {
            return Duration.between(clock, asked);
        }
        return clock.isAfter(answered) ? Duration.between(answered, clock) : Duration.ZERO;
    }
}
