package dev.sluice.lab.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

final class LabNameServerTest {
    private static final String WWW = "www.hello.example.";

    private final List<DnsZones.ZoneRecord> entries = new CopyOnWriteArrayList<>(List.of(
            new DnsZones.ZoneRecord("NS", "@", "ns1.digitalocean.com", 1800),
            new DnsZones.ZoneRecord("A", "www", "10.77.0.2", 60),
            new DnsZones.ZoneRecord("A", "www", "10.77.0.3", 60),
            new DnsZones.ZoneRecord("CNAME", "alias", "www.hello.example.", 60),
            new DnsZones.ZoneRecord("TXT", "note", "two words", 60),
            new DnsZones.ZoneRecord("A", "deep.below", "10.77.0.9", 60)));
    private final DnsZones zones = new DnsZones() {
        @Override
        public List<String> domains() {
            return List.of("hello.example");
        }

        @Override
        public List<ZoneRecord> records(String domain) {
            return List.copyOf(entries);
        }
    };

    @Test
    void answersAuthoritativelyWithAllAddressesAndTtl() throws IOException {
        Message answer = ask(WWW, Type.A, false);
        assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(answer.getSection(Section.ANSWER))
                .extracting(Record::rdataToString)
                .containsExactlyInAnyOrder("10.77.0.2", "10.77.0.3");
        assertThat(answer.getSection(Section.ANSWER)).extracting(Record::getTTL).containsOnly(60L);
    }

    @Test
    void rotatesTheFirstAddress() throws IOException {
        try (LabNameServer server = server()) {
            String first = first(ask(server, WWW, Type.A, false));
            String second = first(ask(server, WWW, Type.A, false));
            assertThat(second).isNotEqualTo(first);
        }
    }

    @Test
    void servesAChangeToTheNextQuery() throws IOException {
        try (LabNameServer server = server()) {
            entries.removeIf(entry -> entry.data().equals("10.77.0.2"));
            assertThat(ask(server, WWW, Type.A, false).getSection(Section.ANSWER))
                    .extracting(Record::rdataToString)
                    .containsExactly("10.77.0.3");
        }
    }

    @Test
    void anAliasIsFollowed() throws IOException {
        assertThat(ask("alias.hello.example.", Type.A, false).getSection(Section.ANSWER))
                .extracting(Record::getType)
                .containsExactly(Type.CNAME, Type.A, Type.A);
    }

    @Test
    void answersNxdomainOrNoDataWithTheSoa() throws IOException {
        Message unknown = ask("nothing.hello.example.", Type.A, false);
        Message empty = ask(WWW, Type.AAAA, false);
        Message between = ask("below.hello.example.", Type.A, false);
        assertThat(unknown.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(empty.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(between.getRcode()).isEqualTo(Rcode.NOERROR);
        for (Message answer : List.of(unknown, empty, between)) {
            assertThat(answer.getSection(Section.ANSWER)).isEmpty();
            assertThat(answer.getSection(Section.AUTHORITY))
                    .extracting(Record::getType)
                    .containsExactly(Type.SOA);
        }
    }

    @Test
    void refusesANameOutsideItsZones() throws IOException {
        assertThat(ask("www.other.example.", Type.A, false).getRcode()).isEqualTo(Rcode.REFUSED);
    }

    @Test
    void truncatesALargeAnswerOverUdpButNotOverTcp() throws IOException {
        for (int host = 1; host <= 100; host++) {
            entries.add(new DnsZones.ZoneRecord("A", "many", "10.77.1." + host, 60));
        }
        assertThat(ask("many.hello.example.", Type.A, true).getSection(Section.ANSWER))
                .hasSize(100);
        assertThat(ask("many.hello.example.", Type.A, false).getSection(Section.ANSWER))
                .as("the resolver sees the TC bit and asks again over TCP")
                .hasSize(100);
    }

    @Test
    void servesATextOfSeveralWordsAsOne() throws IOException {
        assertThat(ask("note.hello.example.", Type.TXT, false).getSection(Section.ANSWER))
                .extracting(Record::rdataToString)
                .containsExactly("\"two words\"");
    }

    @Test
    void addressesOfANameEqualTheAnswerToAQuery() {
        assertThat(new ZoneResolver(zones).addresses("alias.hello.example"))
                .extracting(InetAddress::getHostAddress)
                .containsExactlyInAnyOrder("10.77.0.2", "10.77.0.3");
    }

    private LabNameServer server() throws IOException {
        return new LabNameServer(new ZoneResolver(zones), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private Message ask(String name, int type, boolean tcp) throws IOException {
        try (LabNameServer server = server()) {
            return ask(server, name, type, tcp);
        }
    }

    private static Message ask(LabNameServer server, String name, int type, boolean tcp) throws IOException {
        SimpleResolver resolver = new SimpleResolver(server.address());
        resolver.setTCP(tcp);
        return resolver.send(Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN)));
    }

    private static String first(Message answer) {
        return answer.getSection(Section.ANSWER).get(0).rdataToString();
    }
}
