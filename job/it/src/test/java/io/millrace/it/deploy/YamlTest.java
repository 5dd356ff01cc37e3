package io.millrace.it.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files that machines read, and those that tell people of them. */
class YamlTest {
    @Test
    void eachFileIsWellFormed() {
        List<Path> files = DeployFiles.endingWith(".yaml", ".yml");
        assertThat(files).hasSizeGreaterThan(10);
        for (Path file : files) {
            assertThatCode(() -> DeployFiles.yaml(file)).as("%s", file).doesNotThrowAnyException();
        }
    }

    @Test
    void theDashboardIsWellFormed() throws Exception {
        for (Path file : DeployFiles.endingWith(".json")) {
            new ObjectMapper().readTree(file.toFile());
        }
    }

    @Test
    void eachPartHasAReadme() throws Exception {
        try (var folders = Files.list(DeployFiles.DEPLOY)) {
            assertThat(folders.filter(Files::isDirectory))
                    .hasSizeGreaterThan(4)
                    .allSatisfy(folder -> assertThat(folder.resolve("README.md")).isNotEmptyFile());
        }
    }
}
