package dev.sluice.workflows.fake;

import static java.util.Objects.requireNonNull;

import dev.sluice.workflows.activity.CloudActivities.TaggedResource;
import dev.sluice.workflows.activity.ExpiryActivities.CertificateOrder;
import dev.sluice.workflows.activity.MembershipActivities.MemberStatus;
import dev.sluice.workflows.activity.NoticeActivities.Notice;
import dev.sluice.workflows.activity.RunActivities.OpenNodeRun;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.check.CheckResult;
import dev.sluice.workflows.model.check.CheckStatus;
import dev.sluice.workflows.model.check.ExpiryFinding;
import dev.sluice.workflows.model.check.RegistryAnswer;
import dev.sluice.workflows.model.check.Verdict;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.DropletId;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.truth.TruthDifference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Droplets, tags, every proxy's members and the records, as the activities of all fakes see them. */
public final class FakeWorld {
    public final ActivityJournal calls = new ActivityJournal();

    private final CloudBackend ground;
    final Map<NodeName, NodeStatus> nodes;
    final Set<Ipv4Address> records;
    /** Second droplets of a name, which creates made that took effect late. */
    final Map<DropletId, NodeStatus> doubles = new LinkedHashMap<>();

    /** Droplets of creates that took effect late. */
    final Set<DropletId> late = new HashSet<>();

    final Map<NodeName, Map<NodeName, MemberStatus.MemberState>> members = new TreeMap<>();
    /** The tombstones of each proxy. */
    final Map<NodeName, Set<NodeName>> left = new TreeMap<>();

    final Set<NodeName> openOwners = new HashSet<>();
    final Set<NodeName> unknownOwners = new HashSet<>();
    final Map<NodeName, Instant> ownersEnded = new TreeMap<>();
    final List<OpenNodeRun> nodeRuns = new ArrayList<>();
    final List<String> openRuns = new ArrayList<>();
    public final List<String> stuckRuns = new ArrayList<>();
    public final List<ExpiryFinding> certificates = new ArrayList<>();
    public final List<CertificateOrder> asked = new ArrayList<>();
    public final List<RegistryAnswer> registries = new ArrayList<>();
    public final List<Notice> notices = new ArrayList<>();
    public final List<TruthDifference> differences = new ArrayList<>();
    final List<Template> templates = new ArrayList<>(List.of(TestPlans.TEMPLATE));
    final List<String> runTags = new ArrayList<>();
    final List<TaggedResource> firewallEntries = new ArrayList<>();
    final Set<NodeName> passed = new HashSet<>();
    Predicate<String> isOpen = id -> false;
    /** Members whose application answers 500. */
    public final Set<NodeName> failing = new HashSet<>();
    /** Nodes that the worker cannot reach and clients can. */
    public final Set<NodeName> silent = new HashSet<>();

    private final Set<NodeName> off = new HashSet<>();
    private final List<CheckResult> gateFailures = new ArrayList<>();
    private final Set<NodeName> unfit = new HashSet<>();
    private int healsAfter = Integer.MAX_VALUE;
    private int looks;
    private boolean crowded;
    private String lastRun = "old";

    public FakeWorld() {
        this(CloudBackend.inMemory());
    }

    /** A world whose droplets and records are in that backend. */
    public FakeWorld(CloudBackend ground) {
        this.ground = ground;
        this.nodes = ground.nodes();
        this.records = ground.records();
    }

    /** The cluster hello in service: two proxies, two app servers. */
    public static FakeWorld cluster() {
        return new FakeWorld()
                .withProxy("hello-proxy-a", NodeState.IN_SERVICE)
                .withProxy("hello-proxy-b", NodeState.IN_SERVICE)
                .withApp("hello-app-2mq8", NodeState.IN_SERVICE)
                .withApp("hello-app-9xd1", NodeState.IN_SERVICE);
    }

    /** A proxy in service or ready; published if in service. */
    public FakeWorld withProxy(String name, NodeState state) {
        NodeStatus proxy = put(new NodeRef(TestPlans.HELLO, Role.PROXY, new NodeName(name), "old"), state);
        members.put(proxy.ref().name(), new TreeMap<>());
        if (state == NodeState.IN_SERVICE) {
            records.add(proxy.node().orElseThrow().publicAddress());
        }
        return this;
    }

    /** An app server, on every proxy there is if it is in service. */
    public FakeWorld withApp(String name, NodeState state) {
        put(new NodeRef(TestPlans.HELLO, Role.APP, new NodeName(name), "old"), state);
        if (state == NodeState.IN_SERVICE) {
            members.values().forEach(list -> list.put(new NodeName(name), MemberStatus.MemberState.JOINED));
        }
        return this;
    }

    public FakeWorld withConfig(String name, String config) {
        nodes.computeIfPresent(
                new NodeName(name),
                (key, old) -> new NodeStatus(
                        old.ref(),
                        old.droplet(),
                        old.node(),
                        old.state(),
                        old.template(),
                        old.powered(),
                        Optional.of(config),
                        old.since()));
        return this;
    }

    public synchronized FakeWorld turnsOff(String proxy) {
        off.add(new NodeName(proxy));
        return this;
    }

    public synchronized FakeWorld comesBack(String proxy) {
        off.remove(new NodeName(proxy));
        return this;
    }

    /** Publishes the proxy, as another run does. */
    public synchronized void publish(String name) {
        Optional.ofNullable(nodes.get(new NodeName(name)))
                .flatMap(NodeStatus::node)
                .ifPresent(node -> records.add(node.publicAddress()));
    }

    /** Opens the member on every proxy, as another run does. */
    public synchronized void open(String name) {
        members.values().forEach(list -> list.put(new NodeName(name), MemberStatus.MemberState.JOINED));
    }

    /** Removes the member from every proxy and keeps its droplet, as another run does. */
    public synchronized void hasLeft(String name) {
        NodeName member = new NodeName(name);
        members.forEach((proxy, list) -> {
            list.remove(member);
            left.computeIfAbsent(proxy, key -> new HashSet<>()).add(member);
        });
        tag(member, NodeState.LEAVING, true);
    }

    /** Retires the node at once, as another run does. */
    public synchronized void isRetired(String name) {
        Optional.ofNullable(nodes.remove(new NodeName(name)))
                .flatMap(NodeStatus::node)
                .ifPresent(node -> records.remove(node.publicAddress()));
    }

    /** Ejected on one proxy only, as by sec. */
    public FakeWorld ejectedOn(String proxy, String member) {
        members.computeIfAbsent(new NodeName(proxy), key -> new TreeMap<>())
                .put(new NodeName(member), MemberStatus.MemberState.EJECTED);
        return this;
    }

    /** The state of a member on a proxy. */
    public synchronized MemberStatus.MemberState stateOf(String proxy, String member) {
        return requireNonNull(requireNonNull(members.get(new NodeName(proxy))).get(new NodeName(member)));
    }

    public FakeWorld ejected(String member) {
        members.values().forEach(list -> list.put(new NodeName(member), MemberStatus.MemberState.EJECTED));
        return this;
    }

    /** The proxies need a graceful after many live joins. */
    public FakeWorld crowded() {
        crowded = true;
        return this;
    }

    /** Whether they had one now. */
    boolean getsRoom() {
        boolean was = crowded;
        crowded = false;
        return was;
    }

    public FakeWorld closesGate(String check, String says) {
        gateFailures.add(new CheckResult(check, CheckStatus.CRITICAL, says));
        return this;
    }

    /** A failure that may pass by itself. */
    public FakeWorld warmsUp(String check, String says) {
        gateFailures.add(new CheckResult(check, CheckStatus.CRITICAL, says, true));
        return this;
    }

    public FakeWorld closesGateFor(String node) {
        unfit.add(new NodeName(node));
        return this;
    }

    public FakeWorld healsAfterLooks(int count) {
        healsAfter = count;
        return this;
    }

    public FakeWorld ownerIsOpen(String node) {
        openOwners.add(new NodeName(node));
        return this;
    }

    public FakeWorld ownerIsUnknown(String node) {
        unknownOwners.add(new NodeName(node));
        return this;
    }

    public FakeWorld ownerEnded(String node, Instant when) {
        ownersEnded.put(new NodeName(node), when);
        return this;
    }

    /** Temporal is new and empty. */
    public FakeWorld nobodyIsKnown() {
        unknownOwners.addAll(nodes.keySet());
        return this;
    }

    public FakeWorld runGoesOn(String node, Instant since) {
        nodeRuns.add(new OpenNodeRun(new NodeName(node), "node/hello/" + node, since));
        return this;
    }

    /** Changes the droplet's state tag; files and records stay. */
    public FakeWorld tagged(String node, NodeState state) {
        tag(new NodeName(node), state, true);
        return this;
    }

    /** Destroys the droplet manually; files and records stay. */
    public FakeWorld vanished(String node) {
        nodes.remove(new NodeName(node));
        return this;
    }

    /** The cloud shows no address of the node. */
    public FakeWorld hidesAddress(String node) {
        nodes.computeIfPresent(
                new NodeName(node),
                (key, old) -> new NodeStatus(
                        old.ref(),
                        old.droplet(),
                        Optional.empty(),
                        old.state(),
                        old.template(),
                        old.powered(),
                        old.config(),
                        old.since()));
        return this;
    }

    public FakeWorld openRun(String workflowId) {
        openRuns.add(workflowId);
        return this;
    }

    public FakeWorld withTag(String tag) {
        runTags.add(tag);
        return this;
    }

    public synchronized List<String> tags() {
        return List.copyOf(runTags);
    }

    public FakeWorld firewallNamesRun(String firewall, String run) {
        return withEntry(TaggedResource.TaggedKind.FIREWALL_RUN, "4de7", firewall, Optional.empty(), Optional.of(run));
    }

    /** A firewall of that cluster lists a destroyed droplet. */
    public FakeWorld firewallNamesGoneDroplet(String firewall, int droplet, ClusterName cluster) {
        return withEntry(
                TaggedResource.TaggedKind.FIREWALL_DROPLET,
                Integer.toString(droplet),
                firewall,
                Optional.of(cluster),
                Optional.empty());
    }

    public FakeWorld firewallsCannotBeSeen(String says) {
        return withEntry(TaggedResource.TaggedKind.FIREWALLS_UNREAD, "", says, Optional.empty(), Optional.empty());
    }

    private FakeWorld withEntry(
            TaggedResource.TaggedKind kind,
            String id,
            String name,
            Optional<ClusterName> cluster,
            Optional<String> run) {
        firewallEntries.add(new TaggedResource(kind, id, name, cluster, Optional.empty(), run, Instant.EPOCH));
        return this;
    }

    public FakeWorld withoutTemplates() {
        templates.clear();
        return this;
    }

    /** Whether a run is open is asked of whoever started it. */
    public FakeWorld runsAreOpen(Predicate<String> asked) {
        isOpen = asked;
        return this;
    }

    public synchronized List<NodeStatus> nodes() {
        return Stream.concat(nodes.values().stream(), doubles.values().stream()).toList();
    }

    /** The members of each of every proxy, ready or published. */
    public synchronized Map<NodeName, Map<NodeName, MemberStatus.MemberState>> membersOfEveryProxy() {
        Map<NodeName, Map<NodeName, MemberStatus.MemberState>> copy = new TreeMap<>();
        everyProxy(List.of()).forEach(proxy -> copy.put(proxy, Map.copyOf(members.getOrDefault(proxy, Map.of()))));
        return copy;
    }

    /** Returns the published proxies. */
    public synchronized List<String> published() {
        return records.stream().map(this::nameOf).toList();
    }

    /** Whether only a create that took effect late has made the droplet. */
    public synchronized boolean isLate(NodeStatus status) {
        return late.contains(status.droplet()) && status.isIn(NodeState.DEPLOYING);
    }

    /** Whether the newest inspection passed. */
    public boolean hasPassed(NodeName node) {
        return passed.contains(node);
    }

    /** Returns the state as lines: two worlds are equal if their lines are. */
    public synchronized List<String> picture() {
        List<String> lines = new ArrayList<>();
        doubles.keySet().forEach(id -> lines.add("double " + id));
        nodes.forEach((name, status) -> lines.add("%s %s %s%s"
                .formatted(
                        status.ref().role(),
                        name,
                        status.state().map(NodeState::word).orElse("untagged"),
                        status.powered() ? "" : " off")));
        members.forEach(
                (proxy, list) -> list.forEach((name, state) -> lines.add(proxy + " has " + name + " " + state)));
        records.forEach(address -> lines.add("record " + nameOf(address)));
        return lines;
    }

    /** The same without droplets that only a create made that took effect late. */
    public synchronized List<String> pictureWithoutLateDroplets() {
        nodes.values().removeIf(this::isLate);
        doubles.values().removeIf(this::isLate);
        return picture();
    }

    private String nameOf(Ipv4Address address) {
        return nodes.values().stream()
                .filter(status -> status.node().stream()
                        .anyMatch(node -> node.publicAddress().equals(address)))
                .map(status -> status.ref().name().value())
                .findFirst()
                .orElse("of nobody");
    }

    NodeStatus put(NodeRef ref, NodeState state) {
        return ground.put(ref, state);
    }

    void tag(NodeName name, NodeState state, boolean powered) {
        nodes.computeIfPresent(
                name,
                (key, old) -> new NodeStatus(
                        old.ref(),
                        old.droplet(),
                        old.node(),
                        Optional.of(state),
                        old.template(),
                        powered,
                        old.config(),
                        old.since()));
    }

    List<NodeName> everyProxy(List<NodeName> without) {
        return nodes.values().stream()
                .filter(status -> status.ref().role() == Role.PROXY)
                .filter(status -> status.state().stream()
                        .anyMatch(state -> state == NodeState.READY
                                || state == NodeState.IN_SERVICE
                                || state == NodeState.LEAVING))
                .map(status -> status.ref().name())
                .filter(name -> !without.contains(name))
                .toList();
    }

    /** Every proxy, or the failure that names those that are off. */
    List<NodeName> everyProxyAnswers(List<NodeName> without) {
        List<NodeName> proxies = everyProxy(without);
        List<NodeName> silent = proxies.stream().filter(off::contains).toList();
        if (!silent.isEmpty()) {
            throw TypedFailures.of(FailureType.PROXY_UNREACHABLE, "%s cannot be reached".formatted(silent));
        }
        return proxies;
    }

    boolean hasLeft(NodeName proxy, NodeName member) {
        return left.getOrDefault(proxy, Set.of()).contains(member);
    }

    /** Disables all faults. */
    public void heals() {
        calls.heal();
        ground.heals();
    }

    /** Whether a client is served at that address. */
    public synchronized boolean serves(Ipv4Address address) {
        return nodes.values().stream()
                .filter(status -> status.node().stream()
                        .anyMatch(node -> node.publicAddress().equals(address)))
                .anyMatch(status -> !off.contains(status.ref().name()));
    }

    /** Whether a droplet has that address that is not in quarantine. */
    boolean hasDroplet(Ipv4Address address) {
        return nodes.values().stream()
                .filter(status -> !status.isIn(NodeState.QUARANTINE))
                .flatMap(status -> status.node().stream())
                .anyMatch(node -> node.publicAddress().equals(address));
    }

    boolean isOff(NodeName name) {
        return off.contains(name);
    }

    Verdict look(NodeName node) {
        looks++;
        List<CheckResult> results = new ArrayList<>(List.of(new CheckResult("apache", CheckStatus.OK, "runs")));
        if (looks <= healsAfter && (unfit.isEmpty() || unfit.contains(node))) {
            results.addAll(gateFailures);
        }
        Verdict verdict = new Verdict(results, Map.of());
        boolean fit = results.stream().allMatch(result -> result.status() == CheckStatus.OK);
        if (fit) {
            passed.add(node);
        } else {
            passed.remove(node);
        }
        return verdict;
    }

    /** Applies a create of a node's own run once more, after the node went on. */
    public synchronized FakeWorld withDouble(String name) {
        NodeName twice = new NodeName(name);
        NodeStatus first = nodes.get(twice);
        if (first == null) {
            return this;
        }
        NodeStatus made = put(first.ref(), NodeState.DEPLOYING);
        nodes.put(twice, first);
        doubles.put(made.droplet(), made);
        late.add(made.droplet());
        return this;
    }

    /** Applies a create whose response was lost. */
    public void appearsLate(String name) {
        put(new NodeRef(TestPlans.HELLO, Role.APP, new NodeName(name), lastRun), NodeState.DEPLOYING);
    }

    /** The run of the newest request, whose tag a late effect has. */
    void asked(NodeRef ref) {
        lastRun = ref.run();
    }
}
