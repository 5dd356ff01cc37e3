package io.millrace.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** {@code java -jar millrace.jar …} as a process of its own, as a user starts it. */
final class MillraceProcess implements AutoCloseable {
    private static final Path JAR = Path.of("..", "cli", "target", "millrace.jar");

    private final Path folder;
    private final List<String> command;
    private final Map<String, String> environment = new HashMap<>();
    private Process process;

    /**
     * @param folder the working directory; also keeps the output
     */
    MillraceProcess(Path folder, String... arguments) {
        this.folder = folder;
        command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx1g",
                                "-XX:TieredStopAtLevel=1",
                                "-jar",
                                JAR.toAbsolutePath().normalize().toString()));
        command.addAll(List.of(arguments));
    }

    /** Adds environment variables. */
    MillraceProcess with(Map<String, String> variables) {
        environment.putAll(variables);
        return this;
    }

    /**
     * Runs a command to its end.
     *
     * @return its exit code and what it printed
     */
    static Ended call(Path folder, Map<String, String> variables, String... arguments)
            throws IOException, InterruptedException {
        try (MillraceProcess process = new MillraceProcess(folder, arguments).with(variables)) {
            String before = process.output();
            int code = process.start().await(Duration.ofMinutes(3));
            return new Ended(code, process.output().substring(before.length()));
        }
    }

    /** A command that has ended. */
    record Ended(int code, String output) {}

    /** Starts it, or starts it again. */
    MillraceProcess start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        process =
                builder.directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        folder.resolve("output.txt").toFile()))
                        .start();
        return this;
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM; returns the exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("It did not stop within 60 s");
        }
        return process.exitValue();
    }

    /** Waits for it to end by itself; returns the exit code. */
    int await(Duration bound) throws InterruptedException {
        if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("It did not end within " + bound + ":\n" + output());
        }
        return process.exitValue();
    }

    void awaitOutput(String text) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .failFast("the process has ended", () -> !process.isAlive())
                .until(() -> output().contains(text));
    }

    /** What it has printed since its first start. */
    String output() {
        try {
            Path output = folder.resolve("output.txt");
            return Files.exists(output) ? Files.readString(output) : "";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }
}
