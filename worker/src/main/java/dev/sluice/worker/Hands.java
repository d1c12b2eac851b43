package dev.sluice.worker;

import dev.sluice.activities.cloud.AccountSteps;
import dev.sluice.activities.cloud.CloudSettings;
import dev.sluice.activities.cloud.CloudSteps;
import dev.sluice.activities.cloud.DigitalOceanCloud;
import dev.sluice.activities.dns.ClientAddresses;
import dev.sluice.activities.dns.DnsSteps;
import dev.sluice.activities.expiry.ExpirySteps;
import dev.sluice.activities.expiry.Limits;
import dev.sluice.activities.heartbeat.Heart;
import dev.sluice.activities.heartbeat.Heartbeats;
import dev.sluice.activities.membership.ApacheMembership;
import dev.sluice.activities.membership.ApacheProxies;
import dev.sluice.activities.node.RemoteNodes;
import dev.sluice.activities.notice.Webhook;
import dev.sluice.activities.secret.SecretFiles;
import dev.sluice.activities.ssh.FirstContact;
import dev.sluice.activities.ssh.HostAuthority;
import dev.sluice.activities.ssh.JschShells;
import dev.sluice.activities.visit.Visitor;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Everything with which a worker reaches the world, made from its settings; closed with it. */
final class Hands {
    /** Shorter than the step's own limit. */
    private static final Duration NOTICE = Duration.ofSeconds(4);

    /** For each part of what a client would wait for. */
    private static final Duration VISIT = Duration.ofSeconds(3);

    private final List<AutoCloseable> open;
    private final List<Object> activities;

    private Hands(List<AutoCloseable> open, List<Object> activities) {
        this.open = open;
        this.activities = activities;
    }

    static Hands of(WorkerSettings settings, MeterRegistry meters, Clock clock) throws IOException {
        HostAuthority authority = new HostAuthority(Files.readString(settings.hostAuthority()), clock);
        FirstContact contact = new FirstContact(Files.readAllBytes(settings.firstContact()));
        JschShells shells = new JschShells(Files.readString(settings.sshKey()), authority, contact, clock);
        SecretFiles secrets = new SecretFiles(settings.secrets());
        RemoteNodes nodes = new RemoteNodes(shells, authority, secrets, clock, new GateMeters(meters));
        DigitalOceanCloud cloud = DigitalOceanCloud.open(new CloudSettings(settings.api(), settings::token), clock);
        Heart heart = Heartbeats::untilClosed;
        FunctionCounter.builder("sluice.cloud.requests", cloud, DigitalOceanCloud::requests)
                .description("Requests sent to DigitalOcean")
                .register(meters);
        Optional<InetSocketAddress> nameServer = settings.nameServer().map(Hands::address);
        Visitor visitor = new Visitor(VISIT);
        CloudSteps steps = new CloudSteps(cloud, contact, heart, clock);
        return new Hands(
                List.of(nodes, shells, cloud),
                List.of(
                        steps,
                        nodes,
                        new DnsSteps(cloud.zones(), nameServer, visitor, heart, clock),
                        new AccountSteps(cloud),
                        new WorkerSelf(settings, authority, secrets, clock),
                        new ApacheMembership(steps.fleet(), shells),
                        new ApacheProxies(steps.fleet(), shells, visitor),
                        new ExpirySteps(new ClientAddresses(nameServer), Limits.STANDARD, heart, clock),
                        new Webhook(secrets, NOTICE)));
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    /** The activities that they carry out. */
    List<Object> activities() {
        return activities;
    }

    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }
}
