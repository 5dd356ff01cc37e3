package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/millrace} as users call it. */
class LauncherITCase {
    private static final Path SCRIPT = script();

    @TempDir private Path folder;

    @Test
    void runsFromAnywhereAndBehindLinks() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), SCRIPT);
        Path linkToLink = Files.createSymbolicLink(folder.resolve("millrace"), link.getFileName());
        Path rule = folder.resolve("rule.sql");
        Files.writeString(rule, "SELECT payload.temp as temp FROM \"devices/+/temp\"");

        assertThat(run(linkToLink, Map.of(), "--version").text()).matches("millrace \\S+\n");
        Ended converted = run(linkToLink, Map.of(), "convert", rule.toString());
        assertThat(converted.text())
                .isEqualTo("SELECT payload.temp AS temp\nFROM \"devices/+/temp\";\n");
        assertThat(converted.code()).isZero();
        assertThat(run(linkToLink, Map.of(), "convert", "missing.sql").code()).isEqualTo(2);
        assertThat(run(linkToLink, Map.of("MILLRACE_OPTS", "-Xmx64m -showversion"), "--version"))
                .extracting(Ended::text)
                .asString()
                .contains("Runtime Environment");
    }

    @Test
    void takesClassesFromAnArchiveThatFitsAndElseDoesWithout() throws Exception {
        Path cache = folder.resolve("cache with a space");
        Map<String, String> cached = Map.of("MILLRACE_CACHE", cache.toString());
        Map<String, String> watched =
                Map.of("MILLRACE_CACHE", cache.toString(), "MILLRACE_OPTS", "-Xlog:class+load");

        assertThat(run(SCRIPT, cached, "warm-up")).isEqualTo(new Ended(0, ""));
        Path archive = only(cache.resolve("classes"));
        assertThat(Files.getPosixFilePermissions(cache.resolve("classes")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(run(SCRIPT, watched, "--version").text())
                .contains("io.millrace.cli.Millrace source: shared objects file (top)");

        // A collector that cannot use it.
        assertThat(
                        run(
                                        SCRIPT,
                                        Map.of(
                                                "MILLRACE_CACHE",
                                                cache.toString(),
                                                "MILLRACE_OPTS",
                                                "-XX:+UseZGC"),
                                        "--version")
                                .text())
                .matches("millrace \\S+\n");

        // The JVM would die of this one, so it is not offered; a new one is made, later.
        Files.createDirectory(
                archive.resolveSibling(
                        archive.getFileName().toString().replaceFirst("-\\d+\\.jsa", ".lock")));
        archive.toFile().setWritable(true);
        try (FileChannel file = FileChannel.open(archive, StandardOpenOption.WRITE)) {
            file.truncate(1_000_000);
        }
        Ended cut = run(SCRIPT, watched, "--version");
        assertThat(cut.code()).isZero();
        assertThat(cut.text()).contains("io.millrace.cli.Millrace source: file:");

        assertThat(run(SCRIPT, Map.of("MILLRACE_CACHE", "/dev/null"), "--version").text())
                .matches("millrace \\S+\n");
    }

    @Test
    void saysWhichJavaItNeeds() throws Exception {
        Path old = folder.resolve("jdk");
        Path java = Files.createDirectories(old.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();

        assertThat(run(SCRIPT, Map.of("JAVA_HOME", old.toString()), "--version"))
                .isEqualTo(
                        new Ended(
                                1,
                                "Millrace needs Java 17 or newer; '%s' is 11.0.2. Set JAVA_HOME to a newer one.\n"
                                        .formatted(java)));
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"1.8.0_392\"\n");
        assertThat(run(SCRIPT, Map.of("JAVA_HOME", old.toString()), "--version").text())
                .contains("is 1.8.0_392.");
        Path nowhere = folder.resolve("nowhere");
        assertThat(run(SCRIPT, Map.of("JAVA_HOME", nowhere.toString()), "--version"))
                .isEqualTo(
                        new Ended(
                                1,
                                "JAVA_HOME is '%s', where there is no bin/java. Set it to a Java 17 or newer, or unset it to use the java on PATH.\n"
                                        .formatted(nowhere)));
    }

    @Test
    void isCleanToShellcheck() throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, "shellcheck"))),
                "shellcheck is not installed");

        assertThat(ended(new ProcessBuilder("shellcheck", SCRIPT.toString())))
                .isEqualTo(new Ended(0, ""));
    }

    private Ended run(Path script, Map<String, String> environment, String... arguments)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command).directory(folder.toFile());
        process.environment().put("JAVA_HOME", System.getProperty("java.home"));
        process.environment().put("MILLRACE_CACHE", "");
        process.environment().putAll(environment);
        return ended(process);
    }

    private static Ended ended(ProcessBuilder builder) throws Exception {
        Process process = builder.redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), text);
    }

    private static Path only(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    private static Path script() {
        try (Stream<Path> files =
                Files.find(
                        Path.of("target"),
                        4,
                        (file, attributes) -> file.endsWith("bin/millrace"))) {
            return files.findAny().orElseThrow().toAbsolutePath();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private record Ended(int code, String text) {}
}
