package dev.sluice.acceptance.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The worker's unit on a machine with systemd, with a Temporal server of its own there. */
public final class WorkerUnit {
    private static final String UNIT = "sluice-worker";

    private final LabEnvironment world;
    private final String node;

    public WorkerUnit(LabEnvironment world, String node) {
        this.world = world;
        this.node = node;
    }

    /** Installs Java and Temporal, which the page requires, and runs the page's commands literally. */
    public void install() throws IOException {
        Path java = Path.of(System.getProperty("java.home"));
        pipeToNode(
                "tar -C %s -hc --exclude=src.zip %s".formatted(java.getParent(), java.getFileName()), "tar -x -C /opt");
        runOnNode("ln -s /opt/%s/bin/java /usr/bin/java".formatted(java.getFileName()));
        pipeToNode("cat " + System.getenv("TEMPORAL_CLI_PATH"), "cat >/usr/bin/temporal && chmod +x /usr/bin/temporal");
        runOnNode("systemd-run --quiet --unit temporal temporal server start-dev --headless --namespace sluice");
        pipeToNode("cat " + DistributionTarball.findBuilt(), "cat >/root/sluice-0.tar.gz");
        for (String heading : List.of("The command line", "Keys", "A worker under systemd")) {
            pipeToNode(
                    "echo 'sudo() { \"$@\"; }'; cat <<'PAGE'\n%sPAGE\n".formatted(commands(heading)),
                    "cat >/root/page.sh");
            runOnNode("cd /root && echo token | bash -eu page.sh");
        }
    }

    /** The first fenced commands under that heading of docs/install.md. */
    private static String commands(String heading) throws IOException {
        String page = Files.readString(SluiceProcess.HOME.resolve("docs/install.md"));
        Matcher fenced = Pattern.compile("(?s)\n## " + heading + "\n.*?\n```sh\n(.*?)```")
                .matcher(page);
        if (!fenced.find()) {
            throw new AssertionError("docs/install.md has no commands under '%s'".formatted(heading));
        }
        return fenced.group(1);
    }

    public void assertReadyWithin(int seconds) {
        runOnNode("timeout %d sh -c 'until /opt/sluice/bin/sluice-worker-ready 2>/dev/null; do sleep 0.2; done'"
                .formatted(seconds));
    }

    /** The user and the capabilities of the worker's process. */
    public String process() {
        return runOnNode("cd /proc/$(systemctl show -p MainPID --value %s) && stat -c 'owner %%U' . && cat status"
                .formatted(UNIT));
    }

    public void kill() {
        runOnNode(
                "systemctl kill --kill-who=main --signal=KILL %1$s && until [ $(systemctl show -p NRestarts --value %1$s) = 1 ]; do sleep 0.2; done"
                        .formatted(UNIT));
    }

    public void systemctl(String verb) {
        runOnNode("systemctl %s %s".formatted(verb, UNIT));
    }

    public String show(String property) {
        return runOnNode("systemctl show -p %s --value %s".formatted(property, UNIT))
                .strip();
    }

    public void appendSetting(String line) {
        runOnNode("echo %s >>/etc/sluice/worker.env".formatted(line));
    }

    public String journal() {
        return runOnNode("journalctl --no-pager -u " + UNIT);
    }

    private String runOnNode(String command) {
        return world.requireSuccess(SluiceProcess.runSluice("ssh", node, command))
                .out();
    }

    /** Pipes the output of a command here into a command on the node. */
    private void pipeToNode(String here, String there) {
        String sluice = SluiceProcess.HOME.resolve("sluice").toAbsolutePath().toString();
        world.requireSuccess(SluiceProcess.run(
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
