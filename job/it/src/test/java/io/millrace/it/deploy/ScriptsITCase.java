package io.millrace.it.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Shell scripts of {@code deploy/}; that of the distribution is checked there. */
class ScriptsITCase {
    private static final List<Path> SCRIPTS = DeployFiles.endingWith(".sh");

    @Test
    void areWellFormed() throws Exception {
        assertThat(SCRIPTS).hasSizeGreaterThan(3);
        Tool sh = Tool.need("sh", "dash");
        for (Path script : SCRIPTS) {
            sh.run(script.getParent(), "-n", script.toString());
        }
    }

    @Test
    void areCleanToShellcheck() throws Exception {
        Tool shellcheck = Tool.need("shellcheck", "shellcheck");
        for (Path script : SCRIPTS) {
            shellcheck.run(script.getParent(), "-x", script.getFileName().toString());
        }
    }

    @Test
    void canBeRunUnlessTheyAreReadByOthers() {
        assertThat(SCRIPTS)
                .filteredOn(script -> !script.endsWith("environment.sh"))
                .filteredOn(script -> !script.endsWith("tdengine-setup.sh"))
                .allMatch(Files::isExecutable);
    }
}
