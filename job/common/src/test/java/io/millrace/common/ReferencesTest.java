package io.millrace.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferencesTest {
    @Test
    void resolvesEnvironmentVariables() {
        assertThat(References.resolve("a-${env.X}-${env.Y_1}", Map.of("X", "$1\\", "Y_1", "z")))
                .isEqualTo("a-$1\\-z");
    }

    @Test
    void leavesTemplatePlaceholdersAlone() {
        assertThat(References.resolve("d_${clientid}", Map.of())).isEqualTo("d_${clientid}");
    }

    @Test
    void readsFilesWithoutTheirLastLineBreak(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "s3cret\n");
        assertThat(References.resolve("${file:" + file + "}", Map.of())).isEqualTo("s3cret");
    }

    @Test
    void relativePathsAreBelowAFolder() {
        assertThat(
                        References.below(
                                Path.of("/p"),
                                "${file:.secrets/a}-${file:/b}-${env.X}-${clientid}"))
                .isEqualTo("${file:/p/.secrets/a}-${file:/b}-${env.X}-${clientid}");
    }

    @Test
    void namesTheVariableThatIsNotSet() {
        assertThatThrownBy(() -> References.resolve("${env.NOPE}", Map.of()))
                .hasMessageContaining("'NOPE' is not set");
    }

    @Test
    void aSecretPrintsAsStars() {
        assertThat("password=" + Secret.of("geheim")).isEqualTo("password=***");
    }
}
