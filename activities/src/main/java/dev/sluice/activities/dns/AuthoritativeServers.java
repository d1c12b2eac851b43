package dev.sluice.activities.dns;

import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.report.FailureType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Finds the name servers of a zone: the server that the cluster file names, else the worker's, else those of the NS records. */
final class AuthoritativeServers {
    private static final int DNS = 53;

    private final Optional<InetSocketAddress> workers;
    private final Optional<InetSocketAddress> resolver;

    /**
     * Takes the addresses as host:port.
     *
     * @param workers server that the worker is set to, whatever the NS records say
     * @param resolver asked for the delegation; empty for the system's
     */
    AuthoritativeServers(Optional<String> workers, Optional<String> resolver) {
        this.workers = workers.map(AuthoritativeServers::address);
        this.resolver = resolver.map(AuthoritativeServers::address);
    }

    /** Returns at least one server. */
    List<ZoneNameServer> find(String domain, Optional<String> named) {
        if (named.isPresent()) {
            return List.of(new ZoneNameServer(address(named.get())));
        }
        if (workers.isPresent()) {
            return List.of(new ZoneNameServer(workers.get()));
        }
        List<ZoneNameServer> servers = ofZone(domain);
        if (servers.isEmpty()) {
            throw TypedFailures.of(
                    FailureType.CLOUD_BUSY,
                    "The worker's resolver returns no name server for %s; set dns.server in the cluster file or fix the resolver"
                            .formatted(domain));
        }
        return servers;
    }

    /** The server of the cluster file or the worker, which is asked instead of those of the NS records. */
    Optional<String> configured(Optional<String> named) {
        return named.or(() -> workers.map(address -> new ZoneNameServer(address).toString()));
    }

    /** Reads host:port; the port is 53 if there is none. */
    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        String port = colon < 0 ? Integer.toString(DNS) : text.substring(colon + 1);
        if (!port.matches("[0-9]{1,5}")) {
            throw TypedFailures.of(
                    FailureType.PLAN_INVALID, "'%s' is not the host:port of a name server".formatted(text));
        }
        return new InetSocketAddress(host, Integer.parseInt(port));
    }

    /** The host names in the NS records that the resolver returns, sorted and without the last dot; empty if it returns none. */
    List<String> delegation(String domain) {
        Lookup lookup = lookup(domain);
        // A cached answer may be older than a delegation that the operator has just changed.
        lookup.setCache(null);
        resolver.ifPresent(address -> lookup.setResolver(new SimpleResolver(address)));
        return names(lookup).map(name -> name.toLowerCase(Locale.ROOT)).sorted().toList();
    }

    private static List<ZoneNameServer> ofZone(String domain) {
        return names(lookup(domain))
                .flatMap(name -> resolve(name).stream())
                .map(address -> new ZoneNameServer(new InetSocketAddress(address, DNS)))
                .toList();
    }

    private static Stream<String> names(Lookup lookup) {
        Record[] answer = lookup.run();
        return Stream.of(answer == null ? new Record[0] : answer)
                .filter(NSRecord.class::isInstance)
                .map(record -> ((NSRecord) record).getTarget().toString(true));
    }

    private static Lookup lookup(String domain) {
        try {
            return new Lookup(domain, Type.NS);
        } catch (TextParseException wrong) {
            throw TypedFailures.of(FailureType.PLAN_INVALID, "'%s' is not a domain".formatted(domain), wrong);
        }
    }

    private static Optional<InetAddress> resolve(String host) {
        try {
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException unknown) {
            return Optional.empty();
        }
    }
}
