package dev.sluice.workflows.fake;

import dev.sluice.workflows.model.Approval;
import dev.sluice.workflows.model.Bake;
import dev.sluice.workflows.model.BakePlan;
import dev.sluice.workflows.model.ChangePlan;
import dev.sluice.workflows.model.ChangePlan.ApprovalTerms;
import dev.sluice.workflows.model.ChangePlan.Kind;
import dev.sluice.workflows.model.Checks;
import dev.sluice.workflows.model.ClusterFile;
import dev.sluice.workflows.model.ClusterName;
import dev.sluice.workflows.model.Digest;
import dev.sluice.workflows.model.Expiry;
import dev.sluice.workflows.model.Expiry.Days;
import dev.sluice.workflows.model.Expiry.WatchedDomain;
import dev.sluice.workflows.model.Expiry.WatchedName;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.NodePlan;
import dev.sluice.workflows.model.NodeRef;
import dev.sluice.workflows.model.Notices;
import dev.sluice.workflows.model.RetirePlan;
import dev.sluice.workflows.model.Role;
import dev.sluice.workflows.model.RoleSpec;
import dev.sluice.workflows.model.SecretName;
import dev.sluice.workflows.model.Template;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the tests ask for. */
public final class Plans {
    public static final ClusterName HELLO = new ClusterName("hello");
    public static final Template TEMPLATE = new Template(
            7,
            "hello-app 2026-11-20",
            HELLO,
            Role.APP,
            new Digest("a".repeat(64)),
            Optional.of(new Approval("ana", Instant.EPOCH, "works")),
            Instant.EPOCH,
            25,
            List.of("fra1"));
    public static final ClusterFile FILE = new ClusterFile(
            HELLO,
            "hello.example",
            "www",
            "fra1",
            Optional.empty(),
            List.of("sluice"),
            30,
            Optional.empty(),
            Map.of(Role.APP, spec(8080), Role.PROXY, spec(443)),
            Optional.empty(),
            Optional.empty(),
            new Digest("c".repeat(64)));

    /** The same with dates that are watched, and people who are told. */
    public static final ClusterFile WATCHED = new ClusterFile(
            HELLO,
            FILE.domain(),
            FILE.service(),
            FILE.region(),
            FILE.vpc(),
            FILE.sshKeys(),
            FILE.ttl(),
            FILE.nameServer(),
            FILE.roles(),
            Optional.of(new Expiry(
                    Duration.ofHours(1),
                    List.of(new WatchedName("www.hello.example", 443, true, new Days(30, 7), "certbot renew")),
                    List.of(new WatchedDomain("hello.example", new Days(30, 7), Optional.empty(), "ask ana")),
                    new Days(90, 365),
                    "",
                    "https://registries.example/dns.json")),
            Optional.of(new Notices(new SecretName("ops-webhook"), Notices.Form.JSON)),
            new Digest("e".repeat(64)));

    private Plans() {}

    private static RoleSpec spec(int port) {
        Checks checks = new Checks(
                List.of("apache2"),
                List.of(port),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Checks.Limits.DEFAULT,
                Checks.Hardware.DEFAULT,
                2);
        return new RoleSpec(
                "s-1vcpu-1gb",
                port,
                1,
                Duration.ofSeconds(2),
                List.of(),
                List.of("apache2"),
                checks,
                new Bake("debian-12-x64", List.of(), "true"));
    }

    public static NodePlan node(Role role, String name) {
        return node(role, name, false, Optional.empty());
    }

    public static NodePlan node(Role role, String name, boolean approveAfterGate, Optional<Duration> keepFailed) {
        return new NodePlan(
                FILE,
                new NodeRef(HELLO, role, new NodeName(name), "asked"),
                TEMPLATE,
                List.of(),
                approveAfterGate,
                keepFailed,
                "ana",
                "more room");
    }

    public static RetirePlan retire(Role role, String name) {
        return new RetirePlan(
                FILE, new NodeRef(HELLO, role, new NodeName(name), "old"), List.of(), false, "ana", "too many");
    }

    public static ChangePlan deploy(Role role, String... names) {
        return change(role, Kind.DEPLOY, Optional.empty(), List.of(), false, names);
    }

    /** A change of whose approval and failure people are told. */
    public static ChangePlan told(Optional<ApprovalTerms> terms, String name) {
        return new ChangePlan(
                WATCHED,
                Role.APP,
                Kind.DEPLOY,
                List.of(new NodeName(name)),
                Optional.empty(),
                terms,
                List.of(),
                Optional.empty(),
                false,
                "ana",
                "more room",
                Instant.EPOCH);
    }

    public static ChangePlan approved(boolean afterGate, Instant until, String... names) {
        return change(Role.APP, Kind.DEPLOY, Optional.of(new ApprovalTerms(afterGate, until)), List.of(), false, names);
    }

    public static ChangePlan change(
            Role role,
            Kind kind,
            Optional<ApprovalTerms> approval,
            List<NodeName> without,
            boolean acceptConfig,
            String... names) {
        return new ChangePlan(
                FILE,
                role,
                kind,
                Arrays.stream(names).map(NodeName::new).toList(),
                Optional.empty(),
                approval,
                without,
                Optional.empty(),
                acceptConfig,
                "ana",
                "more room",
                Instant.EPOCH);
    }

    public static BakePlan bake() {
        return new BakePlan(
                FILE,
                Role.APP,
                new NodeName("hello-app-bake"),
                "hello-app 2026-11-22",
                "ana",
                "updates",
                Instant.EPOCH);
    }
}
