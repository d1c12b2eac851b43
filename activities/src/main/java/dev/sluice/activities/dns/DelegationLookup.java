package dev.sluice.activities.dns;

import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.report.FailureType;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Whom a resolver names as the servers of a zone: the system's, or one that is given. */
final class DelegationLookup {
    private final Optional<InetSocketAddress> resolver;

    DelegationLookup(Optional<InetSocketAddress> resolver) {
        this.resolver = resolver;
    }

    /** Host names without the last dot, sorted; none if the resolver knows none. */
    List<String> resolve(String domain) {
        Lookup lookup = lookup(domain);
        // A minute-old answer is no answer for somebody who has just changed the delegation.
        lookup.setCache(null);
        resolver.ifPresent(address -> lookup.setResolver(new SimpleResolver(address)));
        Record[] answer = lookup.run();
        List<String> names = new ArrayList<>();
        for (Record record : answer == null ? new Record[0] : answer) {
            if (record instanceof NSRecord server) {
                names.add(server.getTarget().toString(true).toLowerCase(Locale.ROOT));
            }
        }
        return names.stream().sorted().toList();
    }

    private static Lookup lookup(String domain) {
        try {
            return new Lookup(domain, Type.NS);
        } catch (TextParseException wrong) {
            throw TypedFailures.of(FailureType.PLAN_INVALID, "'%s' is not a domain.".formatted(domain), wrong);
        }
    }
}
