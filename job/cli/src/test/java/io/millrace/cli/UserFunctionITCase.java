package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example of a function of one's own, as its author uses it: compiled, in a jar beside the rule
 * file that names it.
 */
class UserFunctionITCase {
    private static final String CLASS = "io.millrace.functions.example.DewPoint";
    private static final String ENTRY = CLASS.replace('.', '/') + ".class";
    private static final Path SOURCE =
            Path.of("../../udf/src/test/java/io/millrace/functions/example/DewPoint.java");

    private static final String RULE =
            """
            CREATE FUNCTION dew_point AS '%s' USING JAR 'dew-point.jar';
            CREATE TABLE src (temp DOUBLE) WITH ('connector' = 'datagen', 'fields.temp.kind' = 'sequence',
                'fields.temp.start' = '20', 'fields.temp.end' = '20');
            CREATE TABLE target (a DOUBLE, b DOUBLE) WITH ('connector' = 'filesystem',
                'path' = 'out', 'format' = 'json');
            INSERT INTO target SELECT dew_point(temp, temp * 5), sqrt(dew_point(temp, -1.0)) FROM src;
            """
                    .formatted(CLASS);

    @TempDir private Path folder;

    @BeforeEach
    void makeTheJar() throws IOException {
        int exitCode =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-proc:none",
                                "-cp",
                                MillraceProcess.JAR.toString(),
                                "-d",
                                folder.toString(),
                                SOURCE.toString());
        assertThat(exitCode).as("the compiler's exit code").isZero();
        try (OutputStream file = Files.newOutputStream(folder.resolve("dew-point.jar"));
                JarOutputStream jar = new JarOutputStream(file)) {
            jar.putNextEntry(new JarEntry(ENTRY));
            jar.write(Files.readAllBytes(folder.resolve(ENTRY)));
        }
    }

    @Test
    void isUsedLikeFlinksOwn() throws Exception {
        Files.writeString(folder.resolve("rule.sql"), RULE);
        try (MillraceProcess run = MillraceProcess.start(folder, "run", "rule.sql")) {
            assertThat(run.exitCode()).as(run.output()).isZero();
        }
        assertThat(written()).containsExactly("{\"a\":20.0,\"b\":null}");
    }

    @Test
    void aJarThatIsNotThereIsNamed() throws Exception {
        Files.writeString(
                folder.resolve("rule.sql"), RULE.replace("dew-point.jar", "due-point.jar"));
        try (MillraceProcess run = MillraceProcess.start(folder, "run", "rule.sql")) {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.output())
                    .contains("rule.sql:", "[due-point.jar] not found")
                    .doesNotContain("\tat ");
        }
    }

    private List<String> written() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }
}
