package io.millrace.functions.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.functions.value.Json;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What documents say of functions is so. */
class LibraryExamplesTest {

    @ParameterizedTest
    @MethodSource("examples")
    void examplesAnswerWhatTheySay(RuleFunction.Example example) {
        Object answer = SqlCall.evaluate(example.call());

        if (example.answer() != null) {
            assertThat(answer).isEqualTo(Json.decode(example.answer()));
        }
    }

    static Stream<RuleFunction.Example> examples() {
        return Library.standard().functions().stream()
                .flatMap(function -> function.examples().stream());
    }

    @ParameterizedTest
    @MethodSource("functions")
    void everyFunctionHasAnExampleOfItself(RuleFunction function) {
        assertThat(function.examples())
                .anyMatch(example -> example.call().contains(function.name() + "("));
    }

    static Stream<RuleFunction> functions() {
        return Library.standard().functions().stream()
                .filter(function -> function.name().matches("[a-z].*"));
    }
}
