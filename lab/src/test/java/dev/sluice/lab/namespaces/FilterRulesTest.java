package dev.sluice.lab.namespaces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.machine.PacketFilter;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilterRulesTest {
    @Test
    void aFilterIsOneTransactionOfTwoDroppingChains() {
        PacketFilter filter = new PacketFilter(
                List.of(
                        new PacketFilter.AllowedTraffic("tcp", 22, 22, List.of("10.77.0.2/32", "198.18.0.2/32")),
                        new PacketFilter.AllowedTraffic("icmp", 0, 65535, List.of("0.0.0.0/0"))),
                List.of());
        assertThat(new FilterRules("3").text(filter)).isEqualTo("""
                add chain inet firewall in3
                flush chain inet firewall in3
                add rule inet firewall in3 ip saddr 10.77.0.2/32 tcp dport 22-22 return
                add rule inet firewall in3 ip saddr 198.18.0.2/32 tcp dport 22-22 return
                add rule inet firewall in3 ip saddr 0.0.0.0/0 meta l4proto icmp return
                add rule inet firewall in3 counter drop
                add chain inet firewall out3
                flush chain inet firewall out3
                add rule inet firewall out3 counter drop
                add element inet firewall inbound { "pub3" : jump in3, "pri3" : jump in3 }
                add element inet firewall outbound { "pub3" : jump out3, "pri3" : jump out3 }
                """);
    }

    @Test
    void aMachineWithoutAFilterHasNoChains() {
        assertThat(new FilterRules("3").open()).endsWith("""
                        delete element inet firewall inbound { "pub3", "pri3" }
                        delete element inet firewall outbound { "pub3", "pri3" }
                        delete chain inet firewall in3
                        delete chain inet firewall out3
                        """);
    }
}
