package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.devkit.mqtt.Mosquitto;
import io.millrace.devkit.tdengine.TDengineUnderTest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands with which the README brings a new user from an empty directory to the first row, as
 * they stand there, by the distribution's launcher. Only where the servers are is added to the
 * first one.
 */
class ReadmeScenarioITCase {
    private static final Pattern SCENARIO =
            Pattern.compile("<!-- scenario -->\\s+```sh\\n(.*?)```", Pattern.DOTALL);
    private static final int MOST_COMMANDS = 7;

    @TempDir private Path folder;
    private Mosquitto broker;
    private TDengineUnderTest tdengine;
    private Process run;

    @BeforeEach
    void startServers() throws Exception {
        assumeTrue(Mosquitto.isInstalled(), "mosquitto is not installed");
        broker = Mosquitto.in(Files.createDirectory(folder.resolve("broker"))).start();
        tdengine = TDengineUnderTest.start();
    }

    @AfterEach
    void stop() throws Exception {
        if (run != null) {
            run.descendants().forEach(ProcessHandle::destroyForcibly);
            run.destroyForcibly().onExit().join();
        }
        if (broker != null) {
            broker.close();
            tdengine.close();
        }
    }

    @Test
    void aNewUserSeesTheFirstRow() throws Exception {
        Path directory = Files.createDirectory(folder.resolve("plant"));
        List<String> commands = commands();
        assertThat(commands).hasSizeLessThanOrEqualTo(MOST_COMMANDS);
        String output = "";
        for (String command : commands) {
            if (command.equals("millrace run")) {
                start(directory, command);
            } else if (command.startsWith("millrace sql -e")) {
                output = awaitRow(directory, command);
            } else {
                output = succeed(directory, withServers(command));
            }
        }
        assertThat(output).contains("23").contains("90").contains("d1");
        run.destroy();
        assertThat(run.waitFor(60, TimeUnit.SECONDS)).as("stopped").isTrue();
        assertThat(run.exitValue()).isZero();
    }

    private static List<String> commands() throws IOException {
        Matcher scenario = SCENARIO.matcher(Files.readString(Path.of("..", "..", "README.md")));
        assertThat(scenario.find()).as("a scenario in the README").isTrue();
        return scenario.group(1)
                .lines()
                .map(line -> line.replaceFirst("\\s+# .*$", ""))
                .filter(line -> !line.isBlank())
                .toList();
    }

    private String withServers(String command) {
        return command.startsWith("millrace init")
                ? "millrace init --mqtt-url %s --tdengine-url %s --tdengine-username %s --tdengine-password %s"
                        .formatted(
                                broker.url(),
                                tdengine.restUrl(),
                                tdengine.username(),
                                tdengine.password())
                : command;
    }

    private void start(Path directory, String command) throws IOException {
        run = process(directory, "exec " + command).start();
        await().atMost(Duration.ofSeconds(90))
                .failFast("it has ended", () -> !run.isAlive())
                .until(() -> output(directory).contains("received"));
    }

    private static String succeed(Path directory, String command) throws Exception {
        Path before = output(directory).isEmpty() ? null : directory.resolve("output.txt");
        long length = before == null ? 0 : Files.size(before);
        Process process = process(directory, command).start();
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).as(command).isTrue();
        String all = output(directory);
        assertThat(process.exitValue()).as("%s%n%s", command, all).isZero();
        return all.substring((int) Math.min(length, all.length()));
    }

    private static String awaitRow(Path directory, String command) {
        return await().atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .until(() -> succeed(directory, command), output -> output.contains("d1"));
    }

    private static ProcessBuilder process(Path directory, String command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("sh", "-c", command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        directory.resolve("output.txt").toFile()));
        // No classes are kept for later starts, which would take the machine's time in the
        // background.
        builder.environment().put("MILLRACE_CACHE", "");
        builder.environment()
                .merge(
                        "PATH",
                        launcher().getParent().toString(),
                        (path, bin) -> bin + File.pathSeparator + path);
        return builder;
    }

    private static Path launcher() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("..", "cli", "target"), 4)) {
            return files.filter(file -> file.endsWith(Path.of("bin", "millrace")))
                    .findFirst()
                    .orElseThrow()
                    .toRealPath();
        }
    }

    private static String output(Path directory) throws IOException {
        Path file = directory.resolve("output.txt");
        return Files.exists(file) ? Files.readString(file) : "";
    }
}
