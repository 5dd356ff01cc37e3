package io.millrace.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.rule.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.RestOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterAddressTest {
    @TempDir private Path home;

    private static final Settings SETTINGS =
            Settings.empty().withFlink(Map.of("rest.address", "flink", "rest.port", "18081"));

    @Test
    void theOptionWinsOverAllElse() {
        ClusterAddress address =
                ClusterAddress.of(Optional.of("http://other:1/"), SETTINGS, Map.of());
        assertThat(address).hasToString("http://other:1");
        assertThat(address.origin()).isEqualTo("--flink-url");
    }

    @Test
    void theSettingsComeNext() {
        assertThat(
                        ClusterAddress.of(
                                Optional.empty(), SETTINGS, Map.of("FLINK_HOME", home.toString())))
                .hasToString("http://flink:18081");
    }

    @Test
    void thenFlinksOwnConfiguration() throws IOException {
        Files.createDirectory(home.resolve("conf"));
        Files.writeString(home.resolve("conf/config.yaml"), "rest:\n  address: jm\n  port: 8083\n");
        ClusterAddress address =
                ClusterAddress.of(
                        Optional.empty(), Settings.empty(), Map.of("FLINK_HOME", home.toString()));
        assertThat(address).hasToString("http://jm:8083");
        assertThat(address.origin()).endsWith("conf/config.yaml");
        assertThat(address.isGuess()).isFalse();
    }

    @Test
    void elseItIsWhereFlinkListensByDefault() {
        ClusterAddress address = ClusterAddress.of(Optional.empty(), Settings.empty(), Map.of());
        assertThat(address).hasToString("http://localhost:8081");
        assertThat(address.isGuess()).isTrue();
    }

    @Test
    void aHostAndPortAreEnough() {
        assertThat(ClusterAddress.of(Optional.of("jm:8083"), Settings.empty(), Map.of()))
                .hasToString("http://jm:8083");
    }

    @Test
    void refusesWhatIsNoUrl() {
        assertThatThrownBy(
                        () -> ClusterAddress.of(Optional.of("jm 8083"), Settings.empty(), Map.of()))
                .hasMessage(
                        "--flink-url is 'jm 8083'; allowed is the address of a cluster's REST API,"
                                + " such as http://localhost:8081.");
    }

    @Test
    void flinksClientGetsHostPortAndPath() {
        ClusterAddress address =
                ClusterAddress.of(Optional.of("https://gate/flink"), Settings.empty(), Map.of());
        assertThat(address.target().get(RestOptions.ADDRESS)).isEqualTo("gate");
        assertThat(address.target().get(RestOptions.PORT)).isEqualTo(443);
        assertThat(address.target().get(RestOptions.PATH)).isEqualTo("/flink");
    }
}
