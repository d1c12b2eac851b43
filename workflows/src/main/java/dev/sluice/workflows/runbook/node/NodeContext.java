package dev.sluice.workflows.runbook.node;

import dev.sluice.workflows.activity.DnsActivities.RecordOrder;
import dev.sluice.workflows.activity.MembershipActivities.Member;
import dev.sluice.workflows.activity.MembershipActivities.MemberOrder;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.RoleSpec;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.runbook.run.Patience;
import dev.sluice.workflows.runbook.run.StepProgress;
import dev.sluice.workflows.runbook.run.Undo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Shared state of one run's steps: cluster file, excluded proxies, limits, progress and undo steps. */
public record NodeContext(
        ClusterFile file, List<NodeName> withoutProxies, Patience patience, StepProgress progress, Undo undo) {
    /** Returns the context of a run that rolls nothing back. */
    public static NodeContext withoutUndo(ClusterFile file, Patience patience) {
        StepProgress progress = new StepProgress();
        return new NodeContext(file, List.of(), patience, progress, new Undo(progress));
    }

    public Member member(Node node) {
        return new Member(
                node.name(),
                node.privateAddress(),
                file.role(node.role()).port(),
                file.role(node.role()).health());
    }

    /** A step of taking back has less time than a retirement. */
    public Duration takeBackDrain(Role role) {
        Duration asked = file.role(role).drain();
        return asked.compareTo(RoleSpec.DRAIN) < 0 ? asked : RoleSpec.DRAIN;
    }

    public MemberOrder memberOrder(Node node) {
        return new MemberOrder(file.name(), member(node), withoutProxies);
    }

    /**
     * Returns the order to publish or withdraw a proxy's record.
     *
     * @param minimum other records, of proxies that serve, that must remain at a withdraw
     */
    public RecordOrder recordOf(Node proxy, int minimum) {
        return new RecordOrder(
                file.name(),
                file.domain(),
                file.service(),
                proxy.publicAddress(),
                file.ttl(),
                file.nameServer(),
                minimum,
                clientsPort(proxy.role()));
    }

    private int clientsPort(Role role) {
        return Optional.ofNullable(file.roles().get(role)).map(RoleSpec::port).orElse(0);
    }
}
