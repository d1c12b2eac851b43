package dev.sluice.workflows.fake;

import dev.sluice.workflows.model.check.CheckSpec;
import dev.sluice.workflows.model.check.ExpirySettings;
import dev.sluice.workflows.model.check.ExpirySettings.DayLimits;
import dev.sluice.workflows.model.check.ExpirySettings.WatchedDomain;
import dev.sluice.workflows.model.check.ExpirySettings.WatchedName;
import dev.sluice.workflows.model.check.HealthSpec;
import dev.sluice.workflows.model.cluster.Approval;
import dev.sluice.workflows.model.cluster.BakeSpec;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.ClusterFileDigest;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.NodeFile;
import dev.sluice.workflows.model.cluster.NotificationSettings;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.RoleSpec;
import dev.sluice.workflows.model.cluster.SecretName;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.plan.BakePlan;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.plan.ChangePlan.ApprovalTerms;
import dev.sluice.workflows.model.plan.ChangePlan.ChangeKind;
import dev.sluice.workflows.model.plan.NodePlan;
import dev.sluice.workflows.model.plan.NodePlan.GateApproval;
import dev.sluice.workflows.model.plan.RetirePlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans of the tests. */
public final class TestPlans {
    public static final ClusterName HELLO = new ClusterName("hello");
    public static final Template TEMPLATE = new Template(
            7,
            "hello-app 2026-11-20",
            HELLO,
            Role.APP,
            new Sha256Digest("a".repeat(64)),
            Optional.of(new Approval("ana", Instant.EPOCH, "works")),
            Instant.EPOCH,
            25,
            List.of("fra1"));
    public static final ClusterFile FILE = ClusterFileDigest.addDigest(new ClusterFile(
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
            ClusterFileDigest.NONE));

    /** The same with watched dates and a webhook. */
    public static final ClusterFile WATCHED = ClusterFileDigest.addDigest(new ClusterFile(
            HELLO,
            FILE.domain(),
            FILE.service(),
            FILE.region(),
            FILE.vpc(),
            FILE.sshKeys(),
            FILE.ttl(),
            FILE.nameServer(),
            FILE.roles(),
            Optional.of(new ExpirySettings(
                    Duration.ofHours(1),
                    List.of(new WatchedName("www.hello.example", 443, true, new DayLimits(30, 7), "certbot renew")),
                    List.of(new WatchedDomain("hello.example", new DayLimits(30, 7), Optional.empty(), "ask ana")),
                    new DayLimits(90, 365),
                    "",
                    "https://registries.example/dns.json")),
            Optional.of(
                    new NotificationSettings(new SecretName("ops-webhook"), NotificationSettings.WebhookFormat.JSON)),
            ClusterFileDigest.NONE));

    private TestPlans() {}

    /** The cluster file with a template of that many characters. */
    public static ClusterFile largeFile(int size) {
        RoleSpec app = FILE.role(Role.APP);
        NodeFile page = new NodeFile("/srv/page", "root:root", "0644", Optional.of("x".repeat(size)), Optional.empty());
        RoleSpec large = new RoleSpec(
                app.size(),
                app.port(),
                app.minimum(),
                app.probation(),
                List.of(page),
                app.services(),
                app.checks(),
                app.bake(),
                app.health(),
                app.drain(),
                app.warmup());
        return ClusterFileDigest.addDigest(new ClusterFile(
                HELLO,
                FILE.domain(),
                FILE.service(),
                FILE.region(),
                FILE.vpc(),
                FILE.sshKeys(),
                FILE.ttl(),
                FILE.nameServer(),
                Map.of(Role.APP, large, Role.PROXY, FILE.role(Role.PROXY)),
                Optional.empty(),
                Optional.empty(),
                ClusterFileDigest.NONE));
    }

    private static RoleSpec spec(int port) {
        CheckSpec checks = new CheckSpec(
                List.of("apache2"),
                List.of(port),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                CheckSpec.CheckLimits.DEFAULT,
                CheckSpec.HardwareRequirements.DEFAULT,
                2);
        return new RoleSpec(
                "s-1vcpu-1gb",
                port,
                1,
                Duration.ofSeconds(2),
                List.of(),
                List.of("apache2"),
                checks,
                new BakeSpec("debian-12-x64", List.of(), "true"),
                HealthSpec.standard("www.hello.example"),
                RoleSpec.DRAIN,
                Optional.empty());
    }

    private static final GateApproval GATE_APPROVAL =
            new GateApproval(Sha256Digest.of("a plan"), Instant.parse("2100-01-01T00:00:00Z"));

    public static NodePlan node(Role role, String name) {
        return node(role, name, false, Optional.empty());
    }

    public static NodePlan node(Role role, String name, boolean approveAfterGate, Optional<Duration> keepFailed) {
        return new NodePlan(
                FILE,
                new NodeRef(HELLO, role, new NodeName(name), "asked"),
                TEMPLATE,
                List.of(),
                approveAfterGate ? Optional.of(GATE_APPROVAL) : Optional.empty(),
                keepFailed,
                "ana",
                "more room");
    }

    public static RetirePlan retire(Role role, String name) {
        return new RetirePlan(
                FILE, new NodeRef(HELLO, role, new NodeName(name), "old"), List.of(), false, "ana", "too many");
    }

    public static ChangePlan deploy(Role role, String... names) {
        return change(role, ChangeKind.DEPLOY, Optional.empty(), List.of(), false, names);
    }

    /** A change whose approval and failure are notified. */
    public static ChangePlan told(Optional<ApprovalTerms> terms, String name) {
        return new ChangePlan(
                WATCHED,
                Role.APP,
                ChangeKind.DEPLOY,
                List.of(new NodeName(name)),
                Optional.empty(),
                terms,
                List.of(),
                Optional.empty(),
                false,
                Optional.empty(),
                "ana",
                "more room",
                Instant.EPOCH);
    }

    public static ChangePlan approved(boolean afterGate, Instant until, String... names) {
        return change(
                Role.APP, ChangeKind.DEPLOY, Optional.of(new ApprovalTerms(afterGate, until)), List.of(), false, names);
    }

    public static ChangePlan change(
            Role role,
            ChangeKind kind,
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
                Optional.empty(),
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
