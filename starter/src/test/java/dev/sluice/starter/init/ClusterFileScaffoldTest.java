package dev.sluice.starter.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.clusterfile.ClusterFileProblem;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterFileScaffoldTest {
    private static final String VPC = "01234567-89ab-cdef-0123-456789abcdef";
    private static final InitValues SHOP = new InitValues(
            "shop", "shop.example", "@", "ams3", "s-2vcpu-4gb", Optional.of(VPC), List.of("it's", "a: b"));

    @TempDir
    Path directory = Path.of("");

    private static InitValues with(String cluster, String region) {
        return new InitValues(cluster, "shop.example", "www", region, "s-1vcpu-1gb", Optional.empty(), List.of());
    }

    @Test
    void writesAClusterFileWithTheseValues() throws Exception {
        ClusterFile file = new ClusterFileScaffold(SHOP, "shop.yaml").writeTo(directory);

        assertThat(file.name().value()).isEqualTo("shop");
        assertThat(file.serviceName()).isEqualTo("shop.example");
        assertThat(file.region()).isEqualTo("ams3");
        assertThat(file.vpc()).contains(VPC);
        assertThat(file.sshKeys()).containsExactly("it's", "a: b");
        assertThat(file.role(Role.APP).size()).isEqualTo("s-2vcpu-4gb");
        assertThat(file.role(Role.PROXY).size()).isEqualTo("s-2vcpu-4gb");
        assertThat(directory.resolve("shop.yaml")).isNotEmptyFile();
    }

    @Test
    void namesTheClusterFileFirstAndWritesAllOthers() throws Exception {
        ClusterFileScaffold files = new ClusterFileScaffold(SHOP, "shop.yaml");

        files.writeTo(directory);

        assertThat(files.names()).hasSize(9).startsWith("shop.yaml").contains("app/recipe.sh", "proxy/site.conf.vm");
        assertThat(files.present(directory)).isEqualTo(files.names());
    }

    @Test
    void findsTheFilesThatExist() throws Exception {
        ClusterFileScaffold files = new ClusterFileScaffold(SHOP, "shop.yaml");
        assertThat(files.present(directory)).isEmpty();

        Files.createDirectories(directory.resolve("proxy"));
        Files.writeString(directory.resolve("proxy/recipe.sh"), "mine");

        assertThat(files.present(directory)).containsExactly("proxy/recipe.sh");
    }

    @Test
    void validatesWithTheReaderOfEveryCommand() {
        assertThat(new ClusterFileScaffold(SHOP, "sluice.yaml").validate()).isEmpty();
        assertThat(new ClusterFileScaffold(with("Shop", "Frankfurt"), "sluice.yaml").validate())
                .extracting(ClusterFileProblem::path)
                .containsExactly("cluster", "region");
        assertThat(directory).isEmptyDirectory();
    }
}
