package io.millrace.cli.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JobFolderTest {
    private static String nameFor(String job) {
        return JobFolder.of(Path.of("/state"), job).root().getFileName().toString();
    }

    @Test
    void keepsPlainNames() {
        assertThat(JobFolder.of(Path.of("/state"), "temp_hum-2.a").root())
                .isEqualTo(Path.of("/state/temp_hum-2.a"));
    }

    @Test
    void staysBelowTheStateFolderWhateverTheName() {
        for (String job : new String[] {"..", ".", "/etc", "a/../../b", "C:\\x", "\0"}) {
            assertThat(JobFolder.of(Path.of("/state"), job).root().normalize().getParent())
                    .isEqualTo(Path.of("/state"));
        }
    }

    @Test
    void tellsNamesApartThatFileSystemsMayNot() {
        assertThat(nameFor("Plant")).isNotEqualToIgnoringCase(nameFor("plant"));
        assertThat(nameFor("a b")).isNotEqualTo(nameFor("a%20b"));
        assertThat(nameFor("x".repeat(300) + "1")).isNotEqualTo(nameFor("x".repeat(300) + "2"));
        assertThat(nameFor("ü".repeat(300))).hasSizeLessThan(128);
    }
}
