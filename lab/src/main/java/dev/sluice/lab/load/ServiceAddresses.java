package dev.sluice.lab.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Resolves the service's addresses at the name server, without a cache. */
final class ServiceAddresses {
    private final Name name;
    private final SimpleResolver resolver;

    /** @param server address:port of the name server */
    ServiceAddresses(String name, String server) throws IOException {
        this.name = Name.fromString(name + ".");
        int colon = server.lastIndexOf(':');
        this.resolver = new SimpleResolver(server.substring(0, colon));
        resolver.setPort(Integer.parseInt(server.substring(colon + 1)));
    }

    List<String> resolve() {
        try {
            Lookup lookup = new Lookup(name, Type.A);
            lookup.setResolver(resolver);
            lookup.setCache(null);
            Record[] found = lookup.run();
            List<String> addresses = new ArrayList<>();
            for (Record one : found == null ? new Record[0] : found) {
                addresses.add(((ARecord) one).getAddress().getHostAddress());
            }
            return addresses;
        } catch (RuntimeException unknown) {
            return List.of();
        }
    }
}
