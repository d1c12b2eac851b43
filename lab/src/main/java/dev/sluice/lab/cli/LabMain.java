package dev.sluice.lab.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** The lab's command line. */
public final class LabMain {
    private static final String USAGE = """
            lab up [--site NAME] [--forward-in [HOST:]PORT]...   starts the lab, or adds forwards to it
            lab down                                             ends it; nothing but the image's cache stays
            lab status                                           its machines
            lab env                                              export lines for a shell
            lab break [FAULT [--node NAME | --next NAME] [--times N] [--off]]  lists the faults, or makes one, or ends it
            lab break --plan FILE [--seed N]                     makes all faults of a plan (a JSON list), or none
            lab cert [--into DIRECTORY] NAME...                  a key and a certificate by the lab's authority
            """;
    private static final int USAGE_ERROR = 2;
    private static final Set<String> SWITCHES = Set.of("--off");

    private final LabInstance lab;
    private final PrintStream out;

    private LabMain(Map<String, String> environment, PrintStream out) {
        this.lab = new LabInstance(environment, out);
        this.out = out;
    }

    public static void main(String[] words) {
        int code = run(List.of(words), System.getenv(), System.out, System.err);
        System.exit(code);
    }

    /** Runs one command; 0 done, 1 failed with a sentence on the error stream, 2 usage. */
    static int run(List<String> words, Map<String, String> environment, PrintStream out, PrintStream errors) {
        try {
            new LabMain(environment, out).run(words);
            return 0;
        } catch (IllegalArgumentException failure) {
            errors.println(failure.getMessage());
            return USAGE_ERROR;
        } catch (IOException failure) {
            errors.println(failure.getMessage());
            return 1;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private void run(List<String> words) throws IOException, InterruptedException {
        String verb = words.isEmpty() ? "" : words.get(0);
        List<String> rest = words.subList(Math.min(1, words.size()), words.size());
        switch (verb) {
            case "up" -> lab.up(option(rest, "--site", "www.hello.example"), options(rest, "--forward-in"));
            case "down" -> lab.down();
            case "status" -> new LabClient(lab.ports(), out).table();
            case "env" -> environment();
            case "break" -> runBreak(rest);
            case "cert" -> certificate(rest);
            case LabProcess.INSIDE -> new NetworkProcess(lab.directory()).runUntilHubEnds(verb);
            case LabProcess.OUTSIDE -> new HostProcess(lab.directory()).runUntilHubEnds(verb);
            default -> throw new IllegalArgumentException(USAGE.strip());
        }
    }

    private void environment() throws IOException {
        LabEndpoints ports = lab.ports();
        out.println("export SLUICE_DO_API=" + ports.url());
        out.println("export SLUICE_DO_TOKEN=" + ports.token());
        out.println("export SLUICE_LAB_SOCKS=127.0.0.1:" + ports.socks());
        out.println("export SLUICE_LAB_PID=" + lab.pid());
        out.println("export SLUICE_DNS=10.77.0.1:53");
        out.println("export SLUICE_SITE=https://127.0.0.1:" + ports.site());
        out.println("export SLUICE_SITE_CA="
                + quoted(new LabCertificateAuthority(lab.directory().root())
                        .certificate()
                        .toString()));
    }

    /** Quotes a text for the shell: the path of a lab may contain anything. */
    private static String quoted(String value) {
        return value.matches("[A-Za-z0-9_./:@-]+") ? value : "'" + value.replace("'", "'\\''") + "'";
    }

    private void runBreak(List<String> words) throws IOException {
        String plan = option(words, "--plan", "");
        if (!plan.isEmpty()) {
            new LabClient(lab.ports(), out).declarePlan(Path.of(plan), seed(option(words, "--seed", "")));
            return;
        }
        List<String> names = plain(words);
        if (names.isEmpty()) {
            LabClient.faults().forEach(out::println);
            return;
        }
        String fault = names.get(0);
        if (LabClient.faults().noneMatch(fault::equals)) {
            throw new IllegalArgumentException("There is no fault %s; there are %s."
                    .formatted(fault, String.join(", ", LabClient.faults().toList())));
        }
        LabClient desk = new LabClient(lab.ports(), out);
        String node = option(words, "--node", "");
        if (words.contains("--off")) {
            desk.endFaults(fault, node);
        } else {
            desk.declareFault(
                    fault, node, option(words, "--next", ""), Integer.parseInt(option(words, "--times", "0")));
        }
    }

    private static long seed(String named) {
        if (named.isEmpty()) {
            return ThreadLocalRandom.current().nextInt(1_000_000);
        }
        if (!named.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException("A seed is a number, but --seed is %s.".formatted(named));
        }
        return Long.parseLong(named);
    }

    private void certificate(List<String> words) throws IOException {
        List<String> names = plain(words);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("lab cert needs at least one name.");
        }
        lab.ports();
        Path into = Path.of(option(words, "--into", lab.directory().root().toString()));
        out.println(new LabCertificateAuthority(lab.directory().root()).issue(names, into));
    }

    private static String option(List<String> words, String name, String usual) {
        List<String> all = options(words, name);
        return all.isEmpty() ? usual : all.get(all.size() - 1);
    }

    private static List<String> options(List<String> words, String name) {
        ArrayList<String> values = new ArrayList<String>();
        for (int at = 0; at < words.size(); at++) {
            if (!words.get(at).equals(name)) {
                continue;
            }
            if (at + 1 == words.size()) {
                throw new IllegalArgumentException(name + " wants a value.");
            }
            values.add(words.get(at + 1));
        }
        return List.copyOf(values);
    }

    // The words that are neither an option nor its value.
    private static List<String> plain(List<String> words) {
        ArrayList<String> found = new ArrayList<String>();
        for (int at = 0; at < words.size(); at++) {
            if (!words.get(at).startsWith("--")) {
                found.add(words.get(at));
            } else if (!SWITCHES.contains(words.get(at))) {
                at++;
            }
        }
        return List.copyOf(found);
    }
}
