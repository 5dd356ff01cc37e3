package io.millrace.cli;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code java -jar millrace.jar …} as a process of its own, as in a clone. */
public final class MillraceProcess implements AutoCloseable {
    static final Path JAR = Path.of("target", "millrace.jar").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final Path output;

    private MillraceProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts the command in this folder; both output streams are gathered together. */
    public static MillraceProcess start(Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // A short life is not worth the best code.
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-jar");
        command.add(JAR.toString());
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        return new MillraceProcess(process, output);
    }

    public String output() throws IOException {
        return Files.readString(output);
    }

    public void awaitOutput(String text) {
        await("'" + text + "'").atMost(PATIENCE).until(() -> output().contains(text));
    }

    /** As {@code kill} does, not as {@code kill -9}. */
    public void terminate() {
        process.destroy();
    }

    void kill() {
        process.destroyForcibly();
    }

    public int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("The process did not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
