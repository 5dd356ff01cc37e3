package io.millrace.devkit.mqtt;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The Mosquitto program of this machine as a child process, with the configuration that Millrace
 * recommends ({@code deploy/mosquitto/mosquitto.conf}) but a port and a folder of its own. What it
 * persists outlives {@link #stop()} and {@link #kill()}, so {@link #start()} is a restart. For
 * tests; not thread-safe.
 */
public final class Mosquitto implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Path folder;
    private final int port;
    private final List<String> extraLines;
    private final Thread killAtExit = new Thread(this::kill, "mosquitto-kill-at-exit");
    private Process process;

    private Mosquitto(Path folder, int port, List<String> extraLines) {
        this.folder = folder;
        this.port = port;
        this.extraLines = extraLines;
        Runtime.getRuntime().addShutdownHook(killAtExit);
    }

    /** Whether the program is there, so that a test can say why it is skipped. */
    public static boolean isInstalled() {
        return program().isPresent();
    }

    /**
     * Prepares a broker on a free port of 127.0.0.1; it still has to be {@linkplain #start
     * started}.
     *
     * @param folder where it keeps its configuration, its log and what it persists
     * @param overrides configuration lines such as {@code max_inflight_messages 20}; each replaces
     *     the recommended lines of the same name
     */
    public static Mosquitto in(Path folder, String... overrides) {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new Mosquitto(folder, free.getLocalPort(), List.of(overrides));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts the program, again if need be; it takes connections when this returns.
     *
     * @throws IllegalStateException if it is not installed or does not come up; the message holds
     *     its log
     */
    public Mosquitto start() {
        if (process != null && process.isAlive()) {
            throw new IllegalStateException("Mosquitto runs already on port " + port);
        }
        Path program =
                program()
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "Mosquitto is not installed: apt-get install mosquitto"));
        try {
            Path configuration = folder.resolve("mosquitto.conf");
            Files.write(configuration, configuration());
            process =
                    new ProcessBuilder(program.toString(), "-c", configuration.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile()))
                            .start();
            awaitListening();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Asks it to end (SIGTERM), so that it saves what it persists, and waits for the end. */
    public void stop() {
        if (process != null) {
            process.destroy();
            awaitEnd();
        }
    }

    /** Ends it on the spot (SIGKILL) and waits for the end. */
    public void kill() {
        if (process != null) {
            process.destroyForcibly();
            awaitEnd();
        }
    }

    /** {@link #stop()} and {@link #start()}: same port, same sessions. */
    public void restart() {
        stop();
        start();
    }

    /** Where clients connect, such as {@code tcp://127.0.0.1:41883}. */
    public String url() {
        return "tcp://127.0.0.1:" + port;
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /** What it has logged since the first start. */
    public String log() {
        try {
            return Files.readString(logFile().toPath());
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }

    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(killAtExit);
    }

    private File logFile() {
        return folder.resolve("mosquitto.log").toFile();
    }

    private List<String> configuration() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("listener " + port + " 127.0.0.1");
        lines.add("persistence_location " + folder.toAbsolutePath() + "/");
        if (System.getProperty("user.name").equals("root")) {
            // It would change to a user of its own, who may not write into the folder.
            lines.add("user root");
        }
        lines.addAll(extraLines);
        List<String> own = lines.stream().map(Mosquitto::key).toList();
        try (Stream<String> recommended = Files.lines(recommendedConfiguration())) {
            recommended
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .filter(line -> !own.contains(key(line)))
                    .forEach(lines::add);
        }
        return lines;
    }

    private static String key(String line) {
        return line.strip().split("\\s+", 2)[0];
    }

    private static Path recommendedConfiguration() {
        Path start = Path.of("").toAbsolutePath();
        for (Path at = start; at != null; at = at.getParent()) {
            Path file = at.resolve("deploy").resolve("mosquitto").resolve("mosquitto.conf");
            if (Files.exists(file)) {
                return file;
            }
        }
        throw new IllegalStateException(
                "deploy/mosquitto/mosquitto.conf is neither in "
                        + start
                        + " nor in a folder above it; run the tests inside the source tree");
    }

    private static Optional<Path> program() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(
                        Stream.of(path.split(File.pathSeparator)),
                        // Not on the path of an ordinary Debian user.
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, "mosquitto"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private void awaitListening() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
                return;
            } catch (IOException e) {
                try {
                    // Ends early when the program ends.
                    process.waitFor(20, TimeUnit.MILLISECONDS);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    break;
                }
            }
        }
        kill();
        throw new IllegalStateException(
                "Mosquitto did not come up on port " + port + ". Its log:\n" + log());
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("Mosquitto did not end. Its log:\n" + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
