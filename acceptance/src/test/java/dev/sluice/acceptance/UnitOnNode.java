package dev.sluice.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The worker's unit on a machine with systemd, with a Temporal server of its own there. */
final class UnitOnNode {
    private static final String UNIT = "sluice-worker";

    private final World world;
    private final String node;

    UnitOnNode(World world, String node) {
        this.world = world;
        this.node = node;
    }

    /** Puts Java and Temporal there, which the page expects, and runs the page's commands as they stand there. */
    void install() throws IOException {
        Path java = Path.of(System.getProperty("java.home"));
        send("tar -C %s -hc --exclude=src.zip %s".formatted(java.getParent(), java.getFileName()), "tar -x -C /opt");
        on("ln -s /opt/%s/bin/java /usr/bin/java".formatted(java.getFileName()));
        send("cat " + System.getenv("TEMPORAL_CLI_PATH"), "cat >/usr/bin/temporal && chmod +x /usr/bin/temporal");
        on("systemd-run --quiet --unit temporal temporal server start-dev --headless --namespace sluice");
        send("cat " + Tarball.made(), "cat >/root/sluice-0.tar.gz");
        for (String heading : List.of("The command line", "Keys", "A worker under systemd")) {
            send(
                    "echo 'sudo() { \"$@\"; }'; cat <<'PAGE'\n%sPAGE\n".formatted(commands(heading)),
                    "cat >/root/page.sh");
            on("cd /root && echo token | bash -eu page.sh");
        }
    }

    /** The first fenced commands under that heading of docs/install.md. */
    private static String commands(String heading) throws IOException {
        String page = Files.readString(Product.HOME.resolve("docs/install.md"));
        Matcher fenced = Pattern.compile("(?s)\n## " + heading + "\n.*?\n```sh\n(.*?)```")
                .matcher(page);
        if (!fenced.find()) {
            throw new AssertionError("docs/install.md has no commands under '%s'".formatted(heading));
        }
        return fenced.group(1);
    }

    void isReadyWithin(int seconds) {
        on("timeout %d sh -c 'until /opt/sluice/bin/sluice-worker-ready 2>/dev/null; do sleep 0.2; done'"
                .formatted(seconds));
    }

    /** Whose its process is, and what the kernel lets it do. */
    String process() {
        return on("cd /proc/$(systemctl show -p MainPID --value %s) && stat -c 'owner %%U' . && cat status"
                .formatted(UNIT));
    }

    void kill() {
        on(
                "systemctl kill --kill-who=main --signal=KILL %1$s && until [ $(systemctl show -p NRestarts --value %1$s) = 1 ]; do sleep 0.2; done"
                        .formatted(UNIT));
    }

    void systemctl(String verb) {
        on("systemctl %s %s".formatted(verb, UNIT));
    }

    String show(String property) {
        return on("systemctl show -p %s --value %s".formatted(property, UNIT)).strip();
    }

    void setting(String line) {
        on("echo %s >>/etc/sluice/worker.env".formatted(line));
    }

    String journal() {
        return on("journalctl --no-pager -u " + UNIT);
    }

    private String on(String command) {
        return world.must(Product.sluice("ssh", node, command)).out();
    }

    /** What a command here prints is what a command there reads. */
    private void send(String here, String there) {
        String sluice = Product.HOME.resolve("sluice").toAbsolutePath().toString();
        world.must(Product.run(
                Map.of(),
                List.of(
                        "bash",
                        "-o",
                        "pipefail",
                        "-c",
                        "{ %s\n} | \"$0\" ssh \"$1\" \"$2\"".formatted(here),
                        sluice,
                        node,
                        there)));
    }
}
