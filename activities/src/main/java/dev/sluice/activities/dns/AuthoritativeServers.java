package dev.sluice.activities.dns;

import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.report.FailureType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Which servers answer for a zone: the one that is named, else the worker's, else those that the zone names. */
final class AuthoritativeServers {
    private static final int DNS = 53;

    private final Optional<InetSocketAddress> workers;

    AuthoritativeServers(Optional<InetSocketAddress> workers) {
        this.workers = workers;
    }

    /** At least one. */
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
                    "The worker's resolver names no server for %s; set dns.server in the cluster file or mend the resolver."
                            .formatted(domain));
        }
        return servers;
    }

    /** The server that is asked whatever the zone says. */
    Optional<String> configured(Optional<String> named) {
        return named.or(() -> workers.map(address -> new ZoneNameServer(address).toString()));
    }

    static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        String port = colon < 0 ? Integer.toString(DNS) : text.substring(colon + 1);
        if (!port.matches("[0-9]{1,5}")) {
            throw TypedFailures.of(
                    FailureType.PLAN_INVALID, "'%s' is not address:port of a name server.".formatted(text));
        }
        return new InetSocketAddress(host, Integer.parseInt(port));
    }

    private static List<ZoneNameServer> ofZone(String domain) {
        List<ZoneNameServer> servers = new ArrayList<>();
        for (Record record : ask(domain)) {
            if (record instanceof NSRecord server) {
                resolve(server.getTarget().toString(true))
                        .ifPresent(address -> servers.add(new ZoneNameServer(new InetSocketAddress(address, DNS))));
            }
        }
        return servers;
    }

    private static Record[] ask(String domain) {
        try {
            Record[] answer = new Lookup(domain, Type.NS).run();
            return answer == null ? new Record[0] : answer;
        } catch (TextParseException wrong) {
            throw TypedFailures.of(FailureType.PLAN_INVALID, "'%s' is not a domain.".formatted(domain), wrong);
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
