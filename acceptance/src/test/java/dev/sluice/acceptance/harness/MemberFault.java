package dev.sluice.acceptance.harness;

/** What can go wrong with an app server that takes traffic; in force until closed. */
public enum MemberFault {
    /** Its web server is stopped: connections are refused. */
    STOPPED(10) {
        @Override
        AutoCloseable begin(LabEnvironment world, String node) {
            return on(world, node, "systemctl stop apache2", "systemctl start apache2");
        }
    },
    /** Packets to its application port are dropped. */
    FIREWALLED(10) {
        @Override
        AutoCloseable begin(LabEnvironment world, String node) {
            String rule = "add table inet faulty; add chain inet faulty in { type filter hook input priority 0; };"
                    + " add rule inet faulty in tcp dport 8080 drop";
            return on(world, node, "nft '" + rule + "'", "nft delete table inet faulty");
        }
    },
    /** It has no power. */
    POWERED_OFF(20) {
        @Override
        AutoCloseable begin(LabEnvironment world, String node) {
            return InjectedFault.of(world, "off", node);
        }
    },
    /** Its processes stand still; the kernel still accepts connections. */
    FROZEN(20) {
        @Override
        AutoCloseable begin(LabEnvironment world, String node) {
            return InjectedFault.of(world, "ssh-frozen", node);
        }
    },
    /** It sends one byte a second and never ends an answer. */
    DRIPPING(20) {
        @Override
        AutoCloseable begin(LabEnvironment world, String node) {
            String server = """
                    import socketserver, time
                    class Drip(socketserver.BaseRequestHandler):
                        def handle(self):
                            while True:
                                self.request.sendall(b"H"); time.sleep(1)
                    class Server(socketserver.ThreadingTCPServer):
                        allow_reuse_address = True; daemon_threads = True
                    Server(("0.0.0.0", 8080), Drip).serve_forever()
                    """;
            return on(
                    world,
                    node,
                    "systemctl stop apache2; printf %s '" + server + "' >/run/drip.py;"
                            + " setsid python3 /run/drip.py >/dev/null 2>&1 </dev/null & echo $! >/run/drip.pid",
                    "kill $(cat /run/drip.pid); rm /run/drip.*; systemctl start apache2");
        }
    };

    private final int atMost;

    MemberFault(int atMost) {
        this.atMost = atMost;
    }

    /** How many requests it may cost, of 100 a second through two proxies to three app servers. */
    public int atMost() {
        return atMost;
    }

    /** Begins it on one node; closing ends it. */
    abstract AutoCloseable begin(LabEnvironment world, String node);

    /** Lets a body run while it is in force. */
    public void during(LabEnvironment world, String node, Runnable body) throws Exception {
        try (AutoCloseable fault = begin(world, node)) {
            if (fault != null) {
                body.run();
            }
        }
    }

    private static AutoCloseable on(LabEnvironment world, String node, String begin, String end) {
        world.requireSuccess(SluiceProcess.runSluice("ssh", node, begin));
        return () -> world.requireSuccess(SluiceProcess.runSluice("ssh", node, end));
    }
}
