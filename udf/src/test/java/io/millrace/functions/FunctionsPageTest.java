package io.millrace.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.functions.library.Library;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * FUNCTIONS.md says what the code does. {@code mvn -pl udf verify -Dmillrace.readme=write} writes
 * it anew.
 */
class FunctionsPageTest {
    private static final Path PAGE = Path.of("FUNCTIONS.md");

    private final FunctionsPage page = new FunctionsPage();

    @Test
    void listsTheNames() throws IOException {
        check("index", page.index());
    }

    @Test
    void listsTheNamesThatFlinkHasToo() throws IOException {
        check("names that Flink has too", page.shared());
    }

    @Test
    void listsTheNamesInBackQuotes() throws IOException {
        check("names in back-quotes", page.quoted());
    }

    @Test
    void tellsOfEveryFunction() throws IOException {
        check("functions", page.functions());
    }

    @Test
    void everyFunctionHasADescriptionAndAnExample() {
        assertThat(Library.standard().functions())
                .allSatisfy(
                        function -> {
                            assertThat(function.description()).as(function.name()).endsWith(".");
                            assertThat(function.examples()).as(function.name()).isNotEmpty();
                        });
    }

    private static void check(String name, String expected) throws IOException {
        String begin = "<!-- " + name + " -->\n";
        String end = "<!-- end of " + name + " -->\n";
        String text = Files.readString(PAGE);
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf(end, from);
        assertThat(to).as("marks of '%s'", name).isGreaterThan(from - 1);
        if ("write".equals(System.getProperty("millrace.readme"))) {
            Files.writeString(PAGE, text.substring(0, from) + expected + text.substring(to));
            return;
        }
        assertThat(text.substring(from, to)).isEqualTo(expected);
    }
}
