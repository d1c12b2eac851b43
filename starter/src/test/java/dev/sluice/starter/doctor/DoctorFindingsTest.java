package dev.sluice.starter.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.TestReports;
import dev.sluice.workflows.ExamineCluster.ClusterExamination;
import dev.sluice.workflows.ExamineCluster.UnknownPart;
import dev.sluice.workflows.ShowCluster.ServiceView;
import dev.sluice.workflows.activity.AccountActivities.TokenScope;
import dev.sluice.workflows.activity.DnsActivities.PublishedRecords;
import dev.sluice.workflows.activity.DnsActivities.ZoneDelegation;
import dev.sluice.workflows.activity.NodeActivities.NodePingReport;
import dev.sluice.workflows.activity.ProxyActivities.ProxyFindings;
import dev.sluice.workflows.activity.TruthActivities.AddressAnswer;
import dev.sluice.workflows.activity.WorkerActivities.WorkerFacts;
import dev.sluice.workflows.model.cluster.CloudAccount;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.DropletId;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.truth.DifferenceKind;
import dev.sluice.workflows.model.truth.TruthDifference;
import dev.sluice.workflows.model.truth.TruthReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each link broken once: its line, and whether it would stop a deployment. */
class DoctorFindingsTest {
    private static final Instant NOW = TestReports.START;
    private static final ClusterFile FILE = TestReports.file();
    private static final String KEY = "aa:".repeat(15) + "aa";
    private static final List<String> OURS = List.of("ns1.digitalocean.com", "ns2.digitalocean.com");
    private static final CloudAccount FINE = new CloudAccount(
            4,
            25,
            List.of("ams3", FILE.region()),
            List.of(new CloudAccount.OfferedSize("s-1vcpu-1gb", 0.00893, List.of(FILE.region()))),
            List.of(FILE.domain()),
            List.of(new CloudAccount.AccountKey("sluice", KEY)),
            List.of(),
            List.of());

    private WorkerFacts worker = new WorkerFacts("7@here", "1", "17", NOW, "ssh-ed25519 AAAA", KEY, List.of());
    private List<TokenScope> scopes =
            List.of(new TokenScope("droplet:create", true, ""), new TokenScope("tag:create", true, ""));
    private ZoneDelegation zone = new ZoneDelegation(OURS, OURS, Optional.empty(), List.of(30));
    private PublishedRecords records = new PublishedRecords(List.of(), List.of());
    private NodePingReport greeting = new NodePingReport(new NodeName("hello-app-aaaa"), 0, List.of());
    private ProxyFindings proxy = look(Optional.empty(), List.of(), Optional.empty(), List.of(), List.of(), List.of());
    private List<Template> templates = List.of(TestReports.template());
    private final List<UnknownPart> unknown = new ArrayList<>();

    private static ProxyFindings look(
            Optional<String> unreachable,
            List<String> missing,
            Optional<String> broken,
            List<String> exposed,
            List<String> differences,
            List<String> hands) {
        return new ProxyFindings(
                new NodeName("hello-proxy-bbbb"),
                unreachable,
                2,
                missing,
                List.of(),
                List.of(),
                broken,
                exposed,
                differences,
                hands);
    }

    /** What the running Apache does not do is a finding, and so is a member that it calls ill. */
    @Test
    void namesAProxyWithoutHealthChecksAndAnUnhealthyMember() {
        proxy = new ProxyFindings(
                new NodeName("hello-proxy-bbbb"),
                Optional.empty(),
                2,
                List.of(),
                List.of("its Apache makes no health checks"),
                List.of("red is 'Init HcFl'"),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
        assertThat(NodeFindings.proxies(seen()))
                .containsExactly(
                        DoctorFinding.stops(
                                "on hello-proxy-bbbb",
                                "its Apache makes no health checks; docs/proxy-configuration.md says what a proxy needs"),
                        DoctorFinding.stops(
                                "on hello-proxy-bbbb",
                                "red is 'Init HcFl': its health check fails or requests to it do;"
                                        + " check the application on it, or eject it"));
    }

    /** An address that is no proxy's, and one that gives clients nothing, stop a deployment. */
    @Test
    void namesDifferencesBetweenTheTruthsAndAddressesThatDoNotServe() {
        assertThat(lines(ServiceFindings.of(FILE, service(200))))
                .containsExactly(
                        "ok  truths             droplets, tags, records and the cluster file agree",
                        "ok  service            www.hello.example serves clients at 1 address");
        assertThat(ServiceFindings.of(
                        FILE,
                        service(
                                503,
                                new TruthDifference(
                                        DifferenceKind.ALTERED_DROPLET, Optional.empty(), "LB-1 is none", "rename it"),
                                new TruthDifference(DifferenceKind.SAME_MACHINE, Optional.empty(), "one machine", ""))))
                .containsExactly(
                        DoctorFinding.stops("truths", "LB-1 is none: rename it"),
                        DoctorFinding.warn("truths", "one machine"),
                        DoctorFinding.stops(
                                "service",
                                "www.hello.example A 192.0.2.10 sends clients to a machine that does not serve them:"
                                        + " it answers 503"));
    }

    private ClusterExamination service(int status, TruthDifference... differences) {
        ClusterExamination all = seen();
        return new ClusterExamination(
                all.at(),
                all.worker(),
                all.scopes(),
                all.zone(),
                all.records(),
                new ServiceView(
                        new TruthReport(List.of(), List.of(differences)),
                        List.of(new AddressAnswer(new Ipv4Address("192.0.2.10"), status, "answers " + status))),
                all.nodes(),
                all.greetings(),
                all.proxies(),
                all.templates(),
                all.unknown());
    }

    private ClusterExamination seen() {
        NodeStatus status = new NodeStatus(
                new NodeRef(FILE.name(), Role.PROXY, new NodeName("hello-proxy-bbbb"), "run"),
                new DropletId(1),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                Optional.empty(),
                NOW);
        return new ClusterExamination(
                NOW,
                Optional.of(worker),
                scopes,
                Optional.of(zone),
                Optional.of(records),
                List.of(status),
                List.of(greeting),
                List.of(proxy),
                templates,
                unknown);
    }

    private static List<String> lines(List<DoctorFinding> findings) {
        return findings.stream().map(DoctorFinding::line).toList();
    }

    private static List<String> account(CloudAccount account) {
        return lines(AccountFindings.of(account, Optional.of(FILE)));
    }

    private static CloudAccount account(
            int droplets, List<String> regions, List<CloudAccount.OfferedSize> sizes, List<String> domains) {
        return new CloudAccount(droplets, 25, regions, sizes, domains, FINE.keys(), List.of(), List.of());
    }

    @Test
    void acceptsAnAccountThatHasAllResources() {
        assertThat(account(FINE))
                .allMatch(line -> line.startsWith("ok"))
                .contains("ok  quota              4 of 25 droplets are in use");
    }

    @Test
    void aFullQuotaAnUnknownRegionSizeOrDomainStops() {
        assertThat(account(account(25, List.of("fra2"), List.of(), List.of("hello.exampel"))))
                .contains(
                        "no  quota              25 of 25 droplets are in use: destroy some, or request a higher limit from DigitalOcean",
                        "no  region             DigitalOcean has no region fra1; did you mean fra2?",
                        "no  domain             the account has no domain hello.example; did you mean hello.exampel?")
                .anyMatch(line -> line.startsWith("no  size of app        DigitalOcean has no size s-1vcpu-1gb"));
    }

    @Test
    void aSizeThatIsOnlyOfferedInOtherRegionsStops() {
        CloudAccount.OfferedSize elsewhere =
                new CloudAccount.OfferedSize("s-1vcpu-1gb", 0.009, List.of("nyc1", "sfo3"));

        assertThat(account(account(1, List.of("fra1"), List.of(elsewhere), List.of("hello.example"))))
                .contains("no  size of app        s-1vcpu-1gb is not offered in fra1; it is offered in nyc1, sfo3");
    }

    @Test
    void anImageThatDigitalOceanDoesNotHaveStopsWithItsName() {
        assertThat(account(withImages(List.of("debian-12-x64", "ubuntu-24-04-x64"))))
                .contains("ok  image of app       debian-12-x64");
        assertThat(account(withImages(List.of("debian-13-x64", "ubuntu-24-04-x64"))))
                .contains(
                        "no  image of app       DigitalOcean has no image debian-12-x64; did you mean debian-13-x64?");
    }

    private static CloudAccount withImages(List<String> images) {
        return new CloudAccount(
                1, 25, FINE.regions(), FINE.sizes(), FINE.domains(), FINE.keys(), List.of(), List.of(), images);
    }

    @Test
    void aKeyThatIsNotInTheAccountStops() {
        CloudAccount without =
                new CloudAccount(1, 25, FINE.regions(), FINE.sizes(), FINE.domains(), List.of(), List.of(), List.of());

        assertThat(account(without)).contains("no  SSH keys           the account has no key sluice; none exist");
        assertThat(lines(NodeFindings.worker(FILE, seen(), Optional.of(without))))
                .anyMatch(
                        line -> line.startsWith("no  workers' key       the workers' login key " + KEY + " is not in"));
    }

    @Test
    void reportsARefusedTokenOnceAndEachUnreadablePart() {
        CloudAccount refused = new CloudAccount(
                0,
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                java.util.Collections.nCopies(7, "x: 401"));
        CloudAccount partly = new CloudAccount(
                4, 25, FINE.regions(), FINE.sizes(), List.of(), FINE.keys(), List.of(), List.of("domains: 403"));

        assertThat(account(refused)).containsExactly("no  token              x: 401");
        assertThat(account(partly))
                .contains("no  token              may not read domains: 403")
                .noneMatch(line -> line.contains("no domain"));
    }

    @Test
    void aMissingScopeStops() {
        scopes = List.of(new TokenScope("droplet:create", false, "403"), new TokenScope("tag:create", true, ""));

        assertThat(lines(ExaminationFindings.scopes(seen())))
                .containsExactly(
                        "no  token scopes       the token lacks droplet:create: give the workers a token with these scopes");
    }

    @Test
    void aMissingScopeThatOnlyLeaksNeedsWarns() {
        scopes = List.of(new TokenScope("droplet:create", true, ""), new TokenScope("firewall:read", false, "403"));

        assertThat(lines(ExaminationFindings.scopes(seen())))
                .containsExactly("!!  token scopes       the token lacks firewall:read: deployments work,"
                        + " but leaks finds no dangling firewall entries");
    }

    @Test
    void aMissingScopeForReservedAddressesWarns() {
        scopes = List.of(
                new TokenScope("droplet:create", true, ""),
                new TokenScope("firewall:read", false, "403"),
                new TokenScope("reserved_ip:read", false, "403"));

        assertThat(lines(ExaminationFindings.scopes(seen())))
                .containsExactly(
                        "!!  token scopes       the token lacks firewall:read: deployments work,"
                                + " but leaks finds no dangling firewall entries",
                        "!!  token scopes       the token lacks reserved_ip:read: a reserved address under the"
                                + " service's name counts as unknown and stops changes");
    }

    @Test
    void aZoneWithoutItsDelegationStopsAndAPartialDelegationWarns() {
        zone = new ZoneDelegation(OURS, List.of(), Optional.empty(), List.of(30));
        assertThat(lines(ExaminationFindings.zone(FILE, seen())))
                .anyMatch(line ->
                        line.startsWith("no  zone               hello.example is not delegated: name the servers "));

        zone = new ZoneDelegation(OURS, List.of("ns.elsewhere.example"), Optional.empty(), List.of(30));
        assertThat(lines(ExaminationFindings.zone(FILE, seen())))
                .anyMatch(line -> line.startsWith("no  zone               hello.example is delegated to ns.elsewhere"));

        zone = new ZoneDelegation(OURS, List.of(OURS.get(0)), Optional.empty(), List.of(30));
        assertThat(lines(ExaminationFindings.zone(FILE, seen())))
                .anyMatch(line -> line.startsWith("!!  zone               hello.example is delegated to ns1"));
    }

    @Test
    void recordsWithALongerTtlOrMissingAtTheServerWarn() {
        zone = new ZoneDelegation(OURS, OURS, Optional.empty(), List.of(30, 3600));
        records = new PublishedRecords(List.of(new Ipv4Address("203.0.113.1")), List.of());

        assertThat(lines(ExaminationFindings.zone(FILE, seen())))
                .anyMatch(line ->
                        line.startsWith("!!  TTL                www.hello.example has records with a TTL of 3600 s"))
                .anyMatch(line ->
                        line.startsWith("!!  records            www.hello.example is [203.0.113.1] at the API"));
    }

    @Test
    void aRoleWithoutAnApprovedTemplateStops() {
        templates = List.of();

        assertThat(lines(ExaminationFindings.templates(FILE, seen())))
                .anyMatch(line ->
                        line.startsWith("no  template app       no approved template in fra1: sluice template bake"));
    }

    @Test
    void invalidFilesAndSecretsOfAWorkerStop() {
        worker =
                new WorkerFacts("7@here", "1", "17", NOW, "ssh-ed25519 AAAA", KEY, List.of("SLUICE_HOST_CA: too open"));

        assertThat(lines(NodeFindings.worker(FILE, seen(), Optional.of(FINE))))
                .contains("no  worker files       SLUICE_HOST_CA: too open");
    }

    @Test
    void changedFilesWarnAndAProxyWithoutProofOfIdentityStops() {
        greeting = new NodePingReport(new NodeName("hello-app-aaaa"), 0, List.of("/etc/apache2/x.conf"));
        unknown.add(new UnknownPart("hello-proxy-bbbb", "another host answers"));

        assertThat(lines(NodeFindings.nodes(seen())))
                .satisfiesExactly(
                        app -> assertThat(app)
                                .startsWith("!!  hello-app-aaaa     /etc/apache2/x.conf: not as rendered"),
                        proxy -> assertThat(proxy).isEqualTo("no  hello-proxy-bbbb   another host answers"));
    }

    @Test
    void reportsEachProblemOfAProxyOnALine() {
        proxy = look(
                Optional.empty(),
                List.of("headers"),
                Optional.of("Syntax error on line 3"),
                List.of("https://10.77.0.2:443"),
                List.of("a is 'Init Dis' and should be joined"),
                List.of("b.conf was not written by Sluice"));
        List<DoctorFinding> findings = NodeFindings.proxies(seen());

        assertThat(lines(findings))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("no  on hello-proxy-bbbb Apache lacks mod_headers"),
                        line -> assertThat(line).contains("rejects its configuration: Syntax error on line 3"),
                        line -> assertThat(line)
                                .contains("balancer-manager answers any client at https://10.77.0.2:443"),
                        line -> assertThat(line).startsWith("!!").contains("the next deployment fixes it"),
                        line -> assertThat(line).startsWith("!!").contains("manual change: b.conf"));
        assertThat(DoctorFinding.exitCode(findings)).isEqualTo(8);

        proxy = look(Optional.of("timed out"), List.of(), Optional.empty(), List.of(), List.of(), List.of());
        assertThat(lines(NodeFindings.proxies(seen()))).containsExactly("no  on hello-proxy-bbbb timed out");
    }

    @Test
    void clockDifferencesWarnAndStopAtTheLimitOfTheGate() {
        assertThat(clocks(Duration.ofSeconds(1))).startsWith("ok  clocks             4 agree");

        greeting = new NodePingReport(new NodeName("hello-app-aaaa"), -5_000, List.of());
        assertThat(clocks(Duration.ZERO)).startsWith("!!  clocks             hello-app-aaaa is 5 s off");

        assertThat(clocks(Duration.ofSeconds(90)))
                .startsWith("no  clocks")
                .contains("Temporal is 89 s off", "the worker is 89 s off");
    }

    /** With this machine's clock that far ahead of all others; the question takes a second. */
    private String clocks(Duration ahead) {
        Instant asked = NOW.plus(ahead).minusSeconds(1);
        return NodeFindings.clocks(FILE, seen(), asked, asked.plusSeconds(1)).line();
    }

    @Test
    void workersOfAnotherVersionWarnAndNoWorkerStops() {
        assertThat(WorkerFindings.check(List.of("sluice-worker 0.2 7@a", "sluice-worker 0.1 8@b"), "0.1")
                        .line())
                .startsWith("!!  workers            2 polled within the last minutes")
                .contains("not of this command line's version 0.1: 7@a;");
        assertThat(WorkerFindings.check(List.of("sluice-worker 0.1 8@b"), "0.1").line())
                .startsWith("ok");
        assertThat(WorkerFindings.check(List.of(), "0.1").line())
                .startsWith("no")
                .contains("./sluice worker");
    }

    @Test
    void theConclusionCountsTheFindings() {
        DoctorFinding fine = DoctorFinding.ok("Java", "17");
        DoctorFinding odd = DoctorFinding.warn("TTL", "3600 s");

        assertThat(DoctorFinding.conclusion(List.of(fine))).isEqualTo("No checked link would stop a deployment.");
        assertThat(DoctorFinding.conclusion(List.of(fine, odd)))
                .isEqualTo("No checked link would stop a deployment.  1 line with a warning (!!).");
        assertThat(DoctorFinding.conclusion(
                        List.of(fine, DoctorFinding.stops("token", "401"), DoctorFinding.stops("zone", "nobody"))))
                .isEqualTo("2 lines would stop a deployment (no).  Fix the first, then check again: sluice doctor");
    }

    @Test
    void anUncheckedLinkIsNeverOk() {
        for (String part : List.of("scopes", "templates", "nodes", "proxies")) {
            unknown.add(new UnknownPart(part, "no answer"));
        }
        List<DoctorFinding> all = new ArrayList<>(ExaminationFindings.scopes(seen()));
        all.addAll(ExaminationFindings.templates(FILE, seen()));
        all.addAll(NodeFindings.nodes(seen()));
        all.addAll(NodeFindings.proxies(seen()));

        assertThat(lines(all))
                .hasSize(4)
                .noneMatch(line -> line.startsWith("ok"))
                .allMatch(line -> line.endsWith("no answer"));
    }
}
