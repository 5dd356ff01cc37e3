package io.millrace.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobArgumentsTest {
    @TempDir private Path folder;
    private String rule;
    private String settings;

    @BeforeEach
    void writeFiles() throws IOException {
        rule = Files.writeString(folder.resolve("rule.sql"), "").toString();
        settings =
                Files.writeString(folder.resolve("millrace.yaml"), "job: {name: plant}").toString();
    }

    @Test
    void takesTheNameFromTheArgumentsElseFromTheSettingsElseFromTheFiles() throws IOException {
        assertThat(name(rule, "--settings", settings, "--name", "other")).isEqualTo("other");
        assertThat(name(rule, "--settings", settings)).isEqualTo("plant");
        assertThat(name(rule)).isEqualTo("rule");
    }

    private static String name(String... arguments) throws IOException {
        return JobArguments.parse(List.of(arguments)).settings().jobName().orElseThrow();
    }

    @Test
    void tellsWhatIsWrong() {
        assertThatThrownBy(() -> JobArguments.parse(List.of()))
                .hasMessageStartingWith("There is no rule file.");
        assertThatThrownBy(() -> JobArguments.parse(List.of(rule, "--names", "x")))
                .hasMessageStartingWith("Argument '--names' is not known.");
        assertThatThrownBy(() -> JobArguments.parse(List.of(rule, "--name")))
                .hasMessageStartingWith("Argument '--name' needs a value.");
        assertThatThrownBy(() -> JobArguments.parse(List.of("none.sql")))
                .isInstanceOf(RuleException.class)
                .hasMessageStartingWith("Rule file 'none.sql' cannot be read on this machine");
    }
}
