package io.millrace.it.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The image of a job. */
class DockerfileTest {
    private static final Set<String> KNOWN =
            Set.of("FROM", "ARG", "COPY", "WORKDIR", "RUN", "LABEL", "USER", "HEALTHCHECK");

    private static final List<String> LINES = lines();

    @Test
    void hasInstructionsOnly() {
        assertThat(LINES).isNotEmpty().allMatch(line -> KNOWN.contains(line.split(" ")[0]));
        assertThat(LINES.get(0)).startsWith("FROM ");
    }

    @Test
    void isMadeFromAVersionOfFlinkThatIsOurs() {
        assertThat(of("FROM"))
                .allMatch(line -> line.matches("flink:2\\.3\\.\\d-java17( AS \\w+)?"));
    }

    @Test
    void copiesOnlyFromStagesAndContextsThatExist() {
        List<String> known = new ArrayList<>(List.of("distribution"));
        of("FROM").stream()
                .filter(line -> line.contains(" AS "))
                .forEach(line -> known.add(line.replaceFirst(".* AS ", "")));
        assertThat(of("COPY"))
                .isNotEmpty()
                .allSatisfy(
                        copy ->
                                assertThat(known)
                                        .contains(copy.replaceFirst(".*--from=(\\S+).*", "$1")));
        assertThat(
                        DeployFiles.yaml("compose/compose.yaml")
                                .at("/services/jobmanager/build/additional_contexts")
                                .has("distribution"))
                .isTrue();
    }

    @Test
    void runsAsAUserWithoutRightsAndIsWatched() {
        assertThat(of("USER")).containsExactly("flink");
        assertThat(LINES.get(LINES.size() - 1)).startsWith("HEALTHCHECK ");
        assertThat(of("HEALTHCHECK").get(0)).contains(" CMD [\"");
    }

    private static List<String> of(String instruction) {
        return LINES.stream()
                .filter(line -> line.startsWith(instruction + " "))
                .map(line -> line.substring(instruction.length() + 1))
                .toList();
    }

    /** Without comments, each instruction on a line. */
    private static List<String> lines() {
        return DeployFiles.text("compose/Dockerfile")
                .replaceAll("(?m)^\\s*#.*\\R", "")
                .replaceAll("\\\\\\R\\s*", "")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }
}
