package io.millrace.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.cli.terminal.Screen;
import io.millrace.rule.Problem;
import io.millrace.rule.plan.PlannedTopic;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckOutcomeTest {
    private static final Problem WRONG =
            new Problem(
                    Problem.Severity.ERROR,
                    "a.sql",
                    2,
                    3,
                    "There is no column 'x'.",
                    "Did you mean 'y'?",
                    "a x");
    private static final PlannedTopic TYPED =
            new PlannedTopic("a/+", "DDL", "ROW", List.of(), List.of("a"));
    private static final PlannedTopic ASSUMED =
            new PlannedTopic("b/+", "DDL", "ROW", List.of("payload.t", "payload.u"), List.of("a"));

    private static CheckOutcome outcome(
            List<Problem> problems,
            boolean offline,
            List<String> away,
            boolean strict,
            PlannedTopic topic) {
        return new CheckOutcome(
                List.of(Path.of("a.sql")),
                List.of(),
                List.of(topic),
                problems,
                offline,
                away,
                "",
                strict);
    }

    private static int exitCode(boolean strict, List<String> away, Problem... problems) {
        return outcome(List.of(problems), false, away, strict, TYPED).exitCode();
    }

    @Test
    void theExitCodeSaysWhatIsWorst() {
        Problem warning = WRONG.as(Problem.Severity.WARNING);
        Problem note = WRONG.as(Problem.Severity.NOTE);

        assertThat(exitCode(false, List.of())).isZero();
        assertThat(exitCode(true, List.of(), note)).isZero();
        assertThat(exitCode(false, List.of(), warning)).isZero();
        assertThat(exitCode(true, List.of(), warning)).isEqualTo(2);
        assertThat(exitCode(false, List.of(), warning, WRONG)).isEqualTo(2);
        assertThat(exitCode(false, List.of("away"))).isEqualTo(1);
        assertThat(exitCode(false, List.of("away"), WRONG)).isEqualTo(2);
    }

    @Test
    void membersAreCalledTextsOnlyWhereTheyAreTakenForSome() {
        assertThat(text(outcome(List.of(), true, List.of(), false, TYPED)))
                .contains("No server was asked")
                .doesNotContain("STRING");
        assertThat(text(outcome(List.of(), true, List.of(), false, ASSUMED)))
                .contains("Taken for STRING", "payload.t, payload.u of \"b/+\"");
        assertThat(text(outcome(List.of(), false, List.of("away"), false, ASSUMED)))
                .contains("not reached  away", "payload.t, payload.u of \"b/+\"");
        assertThat(text(outcome(List.of(), false, List.of(), false, ASSUMED)))
                .as("a table said what they are, or they are texts")
                .doesNotContain("STRING");
    }

    private static String text(CheckOutcome outcome) {
        return CheckText.of(outcome, Screen.plain());
    }

    @Test
    void programsFindTheRemedyBesideTheMessageAndPeopleInOneLine() throws Exception {
        CheckOutcome outcome =
                outcome(
                        List.of(WRONG, WRONG.withMessage("It is wrong.", "")),
                        false,
                        List.of(),
                        false,
                        TYPED);
        JsonNode problems = new ObjectMapper().readTree(CheckJson.of(outcome)).path("problems");

        assertThat(problems.get(0).path("message").asText()).isEqualTo("There is no column 'x'.");
        assertThat(problems.get(0).path("remedy").asText()).isEqualTo("Did you mean 'y'?");
        assertThat(problems.get(1).has("remedy")).isFalse();
        assertThat(text(outcome))
                .contains("error  a.sql:2:3: There is no column 'x'. Did you mean 'y'?");
    }

    @Test
    void aQuestionAtTheEndOfAMessageIsARemedy() {
        Problem problem = Problem.error("There is no option 'a'. Did you mean 'b'?", "Look.");

        assertThat(problem.message()).isEqualTo("There is no option 'a'.");
        assertThat(problem.remedy()).isEqualTo("Look. Did you mean 'b'?");
        assertThat(Problem.error("It is", "Do it.").sentences()).isEqualTo("It is. Do it.");
    }
}
