package dev.sluice.activities.dns;

import dev.sluice.workflows.model.node.Ipv4Address;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Queries one name server of a zone directly, without a cache. */
final class ZoneNameServer {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final InetSocketAddress address;
    private final SimpleResolver resolver;

    ZoneNameServer(InetSocketAddress address) {
        this.address = address;
        this.resolver = new SimpleResolver(address);
        resolver.setTimeout(LIMIT);
    }

    /** The A records of the name; none if the name does not exist. */
    List<Ipv4Address> addresses(String name) throws IOException {
        Message question = Message.newQuery(Record.newRecord(Name.fromString(name + "."), Type.A, DClass.IN));
        question.getHeader().unsetFlag(Flags.RD);
        Message answer = resolver.send(question);
        int code = answer.getRcode();
        if (code != Rcode.NOERROR && code != Rcode.NXDOMAIN) {
            throw new IOException("%s answered %s to %s A".formatted(this, Rcode.string(code), name));
        }
        return answer.getSection(Section.ANSWER).stream()
                .filter(ARecord.class::isInstance)
                .map(record -> new Ipv4Address(((ARecord) record).getAddress().getHostAddress()))
                .sorted()
                .toList();
    }

    @Override
    public String toString() {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
