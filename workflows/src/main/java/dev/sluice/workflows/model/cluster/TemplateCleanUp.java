package dev.sluice.workflows.model.cluster;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Optional;

/**
 * What the clean-up of a bake does to files before the snapshot: the one list for the script on the machine, for the
 * cluster file's reader, which refuses a bake's file that would not survive, and for docs/runbooks/bake-template.md.
 *
 * @param pattern as a shell expands it; what is below a path that fits is meant, too
 * @param why that it must not be in a template
 */
public record TemplateCleanUp(String pattern, FileEffect effect, String why) {
    /** All of it, in the order of the page. */
    public static final List<TemplateCleanUp> ALL = List.of(
            removed("/etc/ssh/ssh_host_*", "host keys"),
            removed("/etc/ssh/sluice", "host keys"),
            removed("/etc/ssh/sshd_config.d/10-sluice.conf", "host keys"),
            removed("/root/.ssh/authorized_keys", "who may log in; cloud-init writes it on each node"),
            removed("/home/*/.ssh/authorized_keys", "who may log in"),
            removed("/root/.ssh/known_hosts", "hosts that the machine has seen"),
            removed("/etc/sluice/tls/*", "keys of the site"),
            removed("/etc/sluice/members/*", "members of a proxy"),
            removed("/etc/sluice/members.lock", "members of a proxy"),
            removed("/etc/sluice/loaded/*", "members of a proxy"),
            removed("/var/lib/sluice/jobs", "Sluice's jobs"),
            removed("/var/lib/sluice/node", "the machine's name"),
            removed("/var/lib/sluice/secrets", "the list of secrets, after the files that it names"),
            removed("/var/lib/cloud/instance", "cloud-init's state: each node is a new instance"),
            removed("/var/lib/cloud/instances", "cloud-init's state"),
            removed("/var/lib/cloud/data/*", "cloud-init's state"),
            removed("/var/lib/cloud/sem", "cloud-init's state"),
            removed("/etc/cloud/cloud-init.disabled", "cloud-init runs on each node's first boot"),
            removed("/etc/cloud/cloud.cfg.d/99-sluice.cfg", "cloud-init runs on each node's first boot"),
            removed("/etc/network/interfaces.d/50-cloud-init", "the machine's addresses"),
            removed("/etc/netplan/50-cloud-init.yaml", "the machine's addresses"),
            removed("/etc/systemd/network/10-cloud-init-*", "the machine's addresses"),
            removed("/etc/udev/rules.d/70-persistent-net.rules", "the machine's network cards"),
            removed("/var/lib/dhcp/*", "the machine's addresses"),
            removed("/var/lib/dbus/machine-id", "the machine's id"),
            removed("/var/lib/systemd/random-seed", "the machine's randomness"),
            removed("/root/.cache", "caches"),
            removed("/var/cache/apt/archives/*.deb", "caches"),
            removed("/root/.*_history", "what somebody typed"),
            removed("/home/*/.*_history", "what somebody typed"),
            removed("/root/.lesshst", "what somebody typed"),
            removed("/root/.viminfo", "what somebody typed"),
            removed("/tmp/*", "temporary files"),
            removed("/tmp/.[!.]*", "temporary files"),
            removed("/var/tmp/*", "temporary files"),
            removed("/var/tmp/.[!.]*", "temporary files"),
            removed("/var/log/journal/*", "logs"),
            new TemplateCleanUp("/var/log", FileEffect.EMPTIED, "logs; rotated ones (.gz, .1) are removed"),
            new TemplateCleanUp("/etc/machine-id", FileEffect.EMPTIED, "the machine's id"),
            new TemplateCleanUp("/etc/hostname", FileEffect.EMPTIED, "the machine's name; it is localhost then"));

    private static TemplateCleanUp removed(String pattern, String why) {
        return new TemplateCleanUp(pattern, FileEffect.REMOVED, why);
    }

    /** The patterns that the script removes. */
    public static List<String> removedPatterns() {
        return ALL.stream()
                .filter(one -> one.effect == FileEffect.REMOVED)
                .map(TemplateCleanUp::pattern)
                .toList();
    }

    /** What would become of a file at that absolute path, if anything. */
    public static Optional<TemplateCleanUp> findFor(String path) {
        return ALL.stream().filter(one -> one.strikes(path)).findFirst();
    }

    private boolean strikes(String path) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        for (Path at = Path.of(path).normalize(); at != null; at = at.getParent()) {
            if (matcher.matches(at)) {
                return true;
            }
        }
        return false;
    }

    /** What becomes of a file. */
    public enum FileEffect {
        REMOVED,
        EMPTIED
    }
}
