package io.millrace.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** One process of a {@link FlinkCluster}. Gone when this JVM is. */
final class FlinkProcess implements AutoCloseable {
    private final String name;
    private final Process process;
    private final Path output;
    private final Thread killAtExit;
    private boolean killed;

    private FlinkProcess(String name, Process process, Path output) {
        this.name = name;
        this.process = process;
        this.output = output;
        killAtExit = new Thread(process::destroyForcibly, name + "-kill-at-exit");
        Runtime.getRuntime().addShutdownHook(killAtExit);
    }

    /** Starts it; its output is {@code NAME.txt} in the folder. */
    static FlinkProcess start(String name, ProcessBuilder builder, Path folder) throws IOException {
        Path output = folder.resolve(name + ".txt");
        Process process =
                builder.redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                        .start();
        return new FlinkProcess(name, process, output);
    }

    /** SIGKILL, and waits for the end. */
    void kill() {
        killed = true;
        process.destroyForcibly().onExit().join();
    }

    /** The classes of its live objects, a line each that ends with the name. */
    Stream<String> liveClasses() throws IOException, InterruptedException {
        Process histogram =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(process.pid()),
                                "GC.class_histogram")
                        .redirectErrorStream(true)
                        .start();
        String output =
                new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (histogram.waitFor() != 0) {
            throw new IOException("jcmd fails: " + output);
        }
        return output.lines();
    }

    boolean endedByItself() {
        return !killed && !process.isAlive();
    }

    String log() {
        try {
            return name + " ended:\n" + Files.readString(output);
        } catch (IOException e) {
            return name + " ended; no log: " + e;
        }
    }

    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(killAtExit);
    }
}
