package dev.sluice.activities.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proxy's scripts read a member's file in two ways, one without a process: both say the same of it. */
class MemberFileTest {
    private static final String SCRIPT = """
            . "$COMMON"
            url=http://10.77.0.9:8080
            said() { files | sed -n "s/^a|/$1 /p"; kept a; echo "$1 $kept_state|$kept_url"; }
            for flag in +N +NC +D ''; do write_member a "$url" "$flag" "$(questions /up 500 3 4)"; said written; done
            write_ejected a bea 2026-11-28T00:00:00Z slow; said ejected; echo "asked $kept_health"
            put "$members/a.left" </dev/null; said left
            rm "$members/a.conf"; kept a; echo "gone $kept_state|$kept_url"
            kept b; echo "never $kept_state|$kept_url"
            echo "count $(count)"
            """;

    @TempDir
    Path etc;

    @Test
    void bothReadersReturnTheSameMember() throws IOException {
        String url = "|http://10.77.0.9:8080";

        assertThat(lines())
                .containsExactly(
                        "written draining" + url,
                        "written draining" + url,
                        "written draining" + url,
                        "written draining" + url,
                        "written leaving" + url,
                        "written leaving" + url,
                        "written joined" + url,
                        "written joined" + url,
                        "ejected ejected" + url,
                        "ejected ejected" + url,
                        "asked hcmethod=GET hcuri=/up hcinterval=500ms hcfails=3 hcpasses=4",
                        "left leaving" + url,
                        "left leaving" + url,
                        "gone left|",
                        "never none|",
                        "count 0");
    }

    private List<String> lines() throws IOException {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", SCRIPT).redirectErrorStream(true);
        shell.environment().put("SLUICE_ETC", etc.toString());
        shell.environment()
                .put(
                        "COMMON",
                        Path.of("src/main/resources/dev/sluice/activities/membership/common.sh")
                                .toAbsolutePath()
                                .toString());
        return new String(shell.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
