package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.mqtt.MqttOptions;
import io.millrace.tdengine.table.TDengineConnectorOptions;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;
import org.junit.jupiter.api.Test;

/**
 * The README's option tables are those of the code. {@code mvn -pl job/it -am verify
 * -Dmillrace.readme=write} writes them anew.
 */
class ReadmeTest {
    private static final Path README = Path.of("..", "..", "README.md");
    private static final Path EXAMPLE =
            Path.of("src", "test", "java", "io", "millrace", "example", "HotDevices.java");

    @Test
    void listsTheOptionsOfMqtt() throws Exception {
        check("mqtt", MqttOptions.class);
    }

    @Test
    void listsTheOptionsOfTdengine() throws Exception {
        check("tdengine", TDengineConnectorOptions.class);
    }

    @Test
    void showsTheRuleThatTheDemoRuns() throws IOException {
        String rule = Files.readString(README.resolveSibling("sql").resolve("temp_hum.sql"));
        assertThat(Files.readString(README))
                .contains(rule.substring(rule.indexOf("INSERT")).strip());
    }

    @Test
    void showsTheJobInJavaThatTheTestsRun() throws IOException {
        String readme = Files.readString(README);
        String begin = "<!-- example: HotDevices -->\n```java\n";
        int from = readme.indexOf(begin) + begin.length();
        String shown = readme.substring(from, readme.indexOf("```", from));
        assertThat(from).as("the mark of the example").isGreaterThan(begin.length());
        assertThat(withoutIndentation(Files.readString(EXAMPLE)))
                .contains(withoutIndentation(shown));
    }

    private static String withoutIndentation(String code) {
        return code.replaceAll("(?m)^\\s+", "").strip();
    }

    private static void check(String name, Class<?> options) throws Exception {
        String begin = "<!-- options: " + name + " -->\n";
        String end = "<!-- end of options -->\n";
        String readme = Files.readString(README);
        int from = readme.indexOf(begin) + begin.length();
        int to = readme.indexOf(end, from);
        assertThat(to).as("marks of the table '%s'", name).isGreaterThan(from - 1);
        String table = table(options);
        if ("write".equals(System.getProperty("millrace.readme"))) {
            Files.writeString(README, readme.substring(0, from) + table + readme.substring(to));
            return;
        }
        assertThat(readme.substring(from, to)).isEqualTo(table);
    }

    private static String table(Class<?> options) throws IllegalAccessException {
        List<String> lines = new ArrayList<>();
        lines.add("| option | default | what it is |");
        lines.add("|---|---|---|");
        for (Field field : options.getFields()) {
            if (field.get(null) instanceof ConfigOption<?> option) {
                lines.add(
                        "| `%s` | %s | %s |"
                                .formatted(
                                        option.key(),
                                        option.hasDefaultValue()
                                                ? "`" + value(option.defaultValue()) + "`"
                                                : "",
                                        new HtmlFormatter()
                                                .format(option.description())
                                                .replace("|", "\\|")));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static String value(Object value) {
        if (value instanceof Duration duration) {
            return TimeUtils.formatWithHighestUnit(duration);
        }
        if (value instanceof MemorySize size) {
            return size.toHumanReadableString()
                    .replaceFirst("\\.000", " ")
                    .replaceFirst(" \\(.*", "");
        }
        return value instanceof Enum<?>
                ? value.toString().toLowerCase(Locale.ROOT)
                : value.toString();
    }
}
