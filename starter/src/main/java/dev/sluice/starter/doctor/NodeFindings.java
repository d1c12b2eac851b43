package dev.sluice.starter.doctor;

import dev.sluice.starter.text.SentenceFormat;
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

/** Derives findings about the workers' keys, the nodes, the proxies and all clocks. */
final class NodeFindings {
    private NodeFindings() {}

    /** Returns findings about the worker's files, and whether its login key is installed on the nodes. */
    public static List<DoctorFinding> worker(
            ClusterFile file, ClusterExamination examination, Optional<CloudAccount> account) {
        if (examination.worker().isEmpty()) {
            return List.of(DoctorFinding.stops(
                    "worker files", examination.whyUnknown("worker").orElse("not told")));
        }
        WorkerFacts worker = examination.worker().get();
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
                        "the workers' login key %s is not in ssh_keys: add its public half to the account and its name to ssh_keys"
                                .formatted(worker.loginKey())));
    }

    /** Returns a finding for each node: whether it answers, proves its identity, and has the rendered files. */
    public static List<DoctorFinding> nodes(ClusterExamination examination) {
        if (examination.whyUnknown("nodes").isPresent()) {
            return List.of(
                    DoctorFinding.stops("nodes", examination.whyUnknown("nodes").get()));
        }
        List<DoctorFinding> findings = new ArrayList<>();
        examination.greetings().forEach(ping -> findings.add(ping(ping)));
        examination
                .nodes()
                .forEach(status -> examination
                        .whyUnknown(status.ref().name().value())
                        .ifPresent(why -> findings.add(unanswered(status, why))));
        return findings.isEmpty() ? List.of(DoctorFinding.ok("nodes", "none exist")) : findings;
    }

    private static DoctorFinding ping(NodePingReport ping) {
        String name = ping.node().value();
        return ping.changed().isEmpty()
                ? DoctorFinding.ok(name, "answers, proves its identity, files as rendered")
                : DoctorFinding.warn(
                        name,
                        "%s: not as rendered from sluice.yaml; changed manually, or the cluster file changed since"
                                .formatted(String.join(", ", ping.changed())));
    }

    private static DoctorFinding unanswered(NodeStatus status, String why) {
        String name = status.ref().name().value();
        return status.ref().role().facesClients() ? DoctorFinding.stops(name, why) : DoctorFinding.warn(name, why);
    }

    /** Returns findings for each proxy: its modules, its manager, and its files compared with the running Apache. */
    public static List<DoctorFinding> proxies(ClusterExamination examination) {
        if (examination.whyUnknown("proxies").isPresent()) {
            return List.of(DoctorFinding.stops(
                    "proxies", examination.whyUnknown("proxies").get()));
        }
        return examination.proxies().stream()
                .flatMap(proxy -> proxy(proxy).stream())
                .toList();
    }

    private static List<DoctorFinding> proxy(ProxyFindings proxy) {
        String what = "on " + proxy.proxy();
        List<DoctorFinding> findings = new ArrayList<>();
        proxy.unreachable().ifPresent(why -> findings.add(DoctorFinding.stops(what, why)));
        proxy.missing()
                .forEach(module -> findings.add(DoctorFinding.stops(
                        what,
                        "Apache lacks mod_%s: bake a template with it, and replace the proxy".formatted(module))));
        proxy.unsuited()
                .forEach(detail -> findings.add(
                        DoctorFinding.stops(what, detail + "; docs/proxy-configuration.md says what a proxy needs")));
        proxy.ill()
                .forEach(detail -> findings.add(DoctorFinding.stops(
                        what,
                        "%s: its health check fails or requests to it do; check the application on it, or eject it"
                                .formatted(detail))));
        proxy.broken()
                .ifPresent(detail ->
                        findings.add(DoctorFinding.stops(what, "Apache rejects its configuration: " + detail)));
        proxy.exposed()
                .forEach(place -> findings.add(DoctorFinding.stops(
                        what,
                        "balancer-manager answers any client at %s: restrict it to the proxy itself"
                                .formatted(place))));
        proxy.differences()
                .forEach(detail ->
                        findings.add(DoctorFinding.warn(what, "%s: the next deployment fixes it".formatted(detail))));
        proxy.otherHands().forEach(detail -> findings.add(DoctorFinding.warn(what, "manual change: " + detail)));
        if (findings.isEmpty()) {
            findings.add(DoctorFinding.ok(
                    what,
                    "modules, manager and %s are as Sluice set them"
                            .formatted(SentenceFormat.count(proxy.members(), "member"))));
        }
        return findings;
    }

    /** Returns the differences of the clocks of Temporal, the worker and the nodes to this machine's. */
    public static DoctorFinding clocks(
            ClusterFile file, ClusterExamination examination, Instant asked, Instant answered) {
        CheckLimits limits = file.roles().values().stream()
                .map(spec -> spec.checks().limits())
                .findFirst()
                .orElse(CheckLimits.DEFAULT);
        Map<String, Duration> apart = new TreeMap<>();
        apart.put("Temporal", distance(examination.at(), asked, answered));
        examination.worker().ifPresent(worker -> apart.put("the worker", distance(worker.clock(), asked, answered)));
        examination
                .greetings()
                .forEach(ping -> apart.put(
                        ping.node().value(), Duration.ofMillis(ping.clock()).abs()));
        List<String> far = apart.entrySet().stream()
                .filter(entry -> entry.getValue().toSeconds() >= limits.clockWarn())
                .map(entry -> "%s is %d s off"
                        .formatted(entry.getKey(), entry.getValue().toSeconds()))
                .toList();
        if (far.isEmpty()) {
            return DoctorFinding.ok("clocks", "%d agree within %d s".formatted(apart.size() + 1, limits.clockWarn()));
        }
        String result = String.join(", ", far) + ": check time synchronisation there";
        boolean critical = apart.values().stream().anyMatch(one -> one.toSeconds() >= limits.clockCritical());
        return critical ? DoctorFinding.stops("clocks", result) : DoctorFinding.warn("clocks", result);
    }

    /** Returns zero if the clock is between request and response. */
    private static Duration distance(Instant clock, Instant asked, Instant answered) {
        if (clock.isBefore(asked)) {
            return Duration.between(clock, asked);
        }
        return clock.isAfter(answered) ? Duration.between(answered, clock) : Duration.ZERO;
    }
}
