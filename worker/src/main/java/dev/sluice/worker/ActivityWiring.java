package dev.sluice.worker;

import dev.sluice.activities.cloud.DigitalOceanAccountActivities;
import dev.sluice.activities.cloud.DigitalOceanCloudActivities;
import dev.sluice.activities.cloud.DigitalOceanTruthActivities;
import dev.sluice.activities.cloud.client.CloudSettings;
import dev.sluice.activities.cloud.client.DigitalOceanApi;
import dev.sluice.activities.dns.DigitalOceanDnsActivities;
import dev.sluice.activities.dns.DnsAddressLookup;
import dev.sluice.activities.expiry.NetworkExpiryActivities;
import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.activities.membership.ApacheMembershipActivities;
import dev.sluice.activities.membership.ApacheProxyActivities;
import dev.sluice.activities.membership.ServiceWatch;
import dev.sluice.activities.node.SshNodeActivities;
import dev.sluice.activities.node.gate.NodeWatch;
import dev.sluice.activities.notice.WebhookNoticeActivities;
import dev.sluice.activities.probe.ClientProbe;
import dev.sluice.activities.secret.SecretFiles;
import dev.sluice.activities.ssh.FirstContactKey;
import dev.sluice.activities.ssh.HostCertificateAuthority;
import dev.sluice.activities.ssh.JschNodeShells;
import dev.sluice.activities.template.FileRenderer;
import dev.sluice.activities.watch.ClusterWatchActivities;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Creates all activities from the settings of the worker and closes their connections. */
final class ActivityWiring {
    /** The limit of one post; shorter than the activity's own. */
    private static final Duration NOTICE = Duration.ofSeconds(4);

    /** The limit of a probe for the connection and for each part of the answer. */
    private static final Duration VISIT = Duration.ofSeconds(3);

    private final List<AutoCloseable> open;
    private final List<Object> activities;

    private ActivityWiring(List<AutoCloseable> open, List<Object> activities) {
        this.open = open;
        this.activities = activities;
    }

    static ActivityWiring open(WorkerSettings settings, MeterRegistry meters, Clock clock) throws IOException {
        HostCertificateAuthority authority =
                new HostCertificateAuthority(Files.readString(settings.hostAuthority()), clock);
        FirstContactKey contact = new FirstContactKey(Files.readAllBytes(settings.firstContact()));
        JschNodeShells shells = new JschNodeShells(Files.readString(settings.sshKey()), authority, contact, clock);
        SecretFiles secrets = new SecretFiles(settings.secrets());
        SshNodeActivities nodes = new SshNodeActivities(shells, authority, secrets, clock, new GateMeters(meters));
        DigitalOceanApi cloud = DigitalOceanApi.open(new CloudSettings(settings.api(), settings::token), clock);
        ActivityHeartbeat.Starter heart = ActivityHeartbeat::startUntilClosed;
        FunctionCounter.builder("sluice.cloud.requests", cloud, DigitalOceanApi::requests)
                .description("Requests sent to DigitalOcean")
                .register(meters);
        ClientProbe visitor = new ClientProbe(VISIT);
        DigitalOceanTruthActivities truths = new DigitalOceanTruthActivities(cloud, visitor::probe);
        NodeWatch watch = new NodeWatch(shells, new FileRenderer(secrets), clock);
        DigitalOceanCloudActivities steps = new DigitalOceanCloudActivities(cloud, contact, heart, clock);
        return new ActivityWiring(
                List.of(nodes, watch, shells, cloud),
                List.of(
                        steps,
                        nodes,
                        new DigitalOceanDnsActivities(
                                cloud.zones(), steps.fleet(), settings.nameServer(), visitor, heart, clock),
                        truths,
                        new ClusterWatchActivities(watch, new ServiceWatch(steps.fleet(), shells, truths)),
                        new DigitalOceanAccountActivities(cloud),
                        new LocalWorkerActivities(settings, authority, secrets, clock),
                        new ApacheMembershipActivities(steps.fleet(), shells),
                        new ApacheProxyActivities(steps.fleet(), shells, visitor),
                        new NetworkExpiryActivities(new DnsAddressLookup(settings.nameServer()), heart, clock),
                        new WebhookNoticeActivities(secrets, NOTICE)));
    }

    /** The implementations of the activities. */
    List<Object> activities() {
        return activities;
    }

    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }
}
