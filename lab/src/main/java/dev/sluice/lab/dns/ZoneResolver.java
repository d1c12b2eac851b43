package dev.sluice.lab.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Answers queries authoritatively from the current zones, without a cache. */
public final class ZoneResolver {
    private static final int LONGEST_ALIAS_CHAIN = 8;
    private static final long NEGATIVE_SECONDS = 1;

    private final DnsZones zones;
    private final AtomicInteger turn = new AtomicInteger();

    public ZoneResolver(DnsZones zones) {
        this.zones = zones;
    }

    /** Returns the authoritative answer to a query, or REFUSED for a name outside the zones. */
    public Message answer(Message query) {
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        if (query.getHeader().getFlag(Flags.RD)) {
            answer.getHeader().setFlag(Flags.RD);
        }
        Record question = query.getQuestion();
        if (question == null || query.getHeader().getOpcode() != Opcode.QUERY) {
            answer.getHeader().setRcode(question == null ? Rcode.FORMERR : Rcode.NOTIMP);
            return answer;
        }
        answer.addRecord(question, Section.QUESTION);
        fill(answer, question);
        return answer;
    }

    /** Returns the IPv4 addresses of a name in rotating order; empty without any. */
    public List<InetAddress> addresses(String host) {
        try {
            Record question = Record.newRecord(Name.fromString(host, Name.root), Type.A, DClass.IN);
            Message answer = answer(Message.newQuery(question));
            return answer.getSection(Section.ANSWER).stream()
                    .filter(org.xbill.DNS.ARecord.class::isInstance)
                    .map(found -> ((org.xbill.DNS.ARecord) found).getAddress())
                    .toList();
        } catch (TextParseException failure) {
            return List.of();
        }
    }

    private void fill(Message answer, Record question) {
        Optional<Name> domain = domainOf(question.getName());
        if (domain.isEmpty()) {
            answer.getHeader().setRcode(Rcode.REFUSED);
            return;
        }
        answer.getHeader().setFlag(Flags.AA);
        Name name = question.getName();
        for (int step = 0; step < LONGEST_ALIAS_CHAIN; step++) {
            Optional<Name> zone = domainOf(name);
            if (zone.isEmpty()) {
                return;
            }
            List<Record> own = named(records(zone.get()), name);
            if (own.isEmpty()) {
                boolean parent = isParent(records(zone.get()), name);
                if (!parent) {
                    answer.getHeader().setRcode(Rcode.NXDOMAIN);
                }
                answer.addRecord(start(zone.get()), Section.AUTHORITY);
                return;
            }
            List<Record> fitting = ofType(own, question.getType());
            if (!fitting.isEmpty()) {
                turned(fitting).forEach(found -> answer.addRecord(found, Section.ANSWER));
                return;
            }
            Optional<Record> alias =
                    own.stream().filter(found -> found.getType() == Type.CNAME).findFirst();
            if (alias.isEmpty()) {
                answer.addRecord(start(zone.get()), Section.AUTHORITY);
                return;
            }
            answer.addRecord(alias.get(), Section.ANSWER);
            name = ((org.xbill.DNS.CNAMERecord) alias.get()).getTarget();
        }
    }

    private Optional<Name> domainOf(Name name) {
        return zones.domains().stream()
                .flatMap(domain -> parsed(domain + ".").stream())
                .filter(name::subdomain)
                .max(Comparator.comparingInt(Name::labels));
    }

    private List<Record> records(Name domain) {
        ArrayList<Record> all = new ArrayList<Record>();
        boolean served = false;
        for (DnsZones.ZoneRecord entry : zones.records(domain.toString(true))) {
            record(domain, entry).ifPresent(all::add);
            served |= entry.type().equals("NS");
        }
        all.removeIf(found -> found.getType() == Type.SOA);
        all.add(start(domain));
        if (!served) {
            text(domain, "NS", "ns1." + domain, 1800).ifPresent(all::add);
        }
        return List.copyOf(new LinkedHashSet<>(all));
    }

    private Optional<Record> record(Name domain, DnsZones.ZoneRecord entry) {
        String relative = entry.name().equals("@") ? domain.toString() : entry.name() + "." + domain;
        return parsed(relative).flatMap(owner -> text(owner, entry.type(), data(domain, entry), entry.ttl()));
    }

    // The API writes a host with or without its last dot, and "@" for the domain itself.
    private static String data(Name domain, DnsZones.ZoneRecord entry) {
        return switch (entry.type()) {
            case "CNAME", "NS" -> entry.data().equals("@") ? domain.toString() : absolute(entry.data());
            case "MX", "SRV" -> absolute(entry.data());
            case "TXT" -> entry.data().startsWith("\"") ? entry.data() : quoted(entry.data());
            default -> entry.data();
        };
    }

    private static String absolute(String host) {
        return host.endsWith(".") ? host : host + ".";
    }

    private static String quoted(String text) {
        StringBuilder words = new StringBuilder();
        for (int from = 0; from < Math.max(1, text.length()); from += 255) {
            String part = text.substring(from, Math.min(text.length(), from + 255));
            words.append('"')
                    .append(part.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append("\" ");
        }
        return words.toString().strip();
    }

    private static Optional<Record> text(Name owner, String type, String data, int ttl) {
        try {
            return Optional.of(Record.fromString(owner, Type.value(type), DClass.IN, ttl, data, Name.root));
        } catch (IOException | IllegalArgumentException failure) {
            // A resolver never sees a record that DNS cannot carry.
            return Optional.empty();
        }
    }

    private static Record start(Name domain) {
        Name server = parsed("ns1." + domain).orElse(domain);
        Name mailbox = parsed("hostmaster." + domain).orElse(domain);
        return new SOARecord(domain, DClass.IN, 1800, server, mailbox, 1, 10800, 3600, 604800, NEGATIVE_SECONDS);
    }

    private static List<Record> named(List<Record> records, Name name) {
        return records.stream().filter(found -> found.getName().equals(name)).toList();
    }

    private static boolean isParent(List<Record> records, Name name) {
        return records.stream().anyMatch(found -> found.getName().subdomain(name));
    }

    private static List<Record> ofType(List<Record> records, int type) {
        return records.stream()
                .filter(found -> type == Type.ANY || found.getType() == type)
                .toList();
    }

    private List<Record> turned(List<Record> records) {
        int first = Math.floorMod(turn.getAndIncrement(), records.size());
        ArrayList<Record> turned = new ArrayList<>(records.subList(first, records.size()));
        turned.addAll(records.subList(0, first));
        return turned;
    }

    private static Optional<Name> parsed(String text) {
        try {
            return Optional.of(Name.fromString(text.toLowerCase(Locale.ROOT)));
        } catch (TextParseException failure) {
            return Optional.empty();
        }
    }
}
