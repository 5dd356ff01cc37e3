package io.millrace.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Flink's distribution as {@code deploy/local/fetch-flink.sh} lays it out, or a copy of it with
 * further jars in {@code lib}.
 *
 * @param home the folder for {@code FLINK_HOME}
 */
record FlinkDistribution(Path home) {
    private static final Path SCRIPT =
            Path.of("..", "..", "deploy", "local", "fetch-flink.sh").toAbsolutePath().normalize();

    /** The one in the user's cache, fetched if it is not there yet. */
    static FlinkDistribution fetched() throws IOException, InterruptedException {
        Path errors = Files.createTempFile("fetch-flink", ".txt");
        Process fetch =
                new ProcessBuilder(SCRIPT.toString()).redirectError(errors.toFile()).start();
        String printed = new String(fetch.getInputStream().readAllBytes()).strip();
        if (!fetch.waitFor(10, TimeUnit.MINUTES) || fetch.exitValue() != 0) {
            throw new IllegalStateException(SCRIPT + " failed:\n" + Files.readString(errors));
        }
        Files.delete(errors);
        return new FlinkDistribution(Path.of(printed));
    }

    /**
     * Lays out a second one with links to this one's jars.
     *
     * @param more jars to add to {@code lib}
     */
    FlinkDistribution copy(Path folder, Path... more) throws IOException {
        // Scripts find their home by their own real place, so these are no links.
        for (String name : List.of("bin", "conf")) {
            Files.createDirectories(folder.resolve(name));
            for (Path file : list(home.resolve(name))) {
                Path copy = folder.resolve(name).resolve(file.getFileName());
                Files.copy(file, copy);
                copy.toFile().setExecutable(Files.isExecutable(file));
            }
        }
        Files.createDirectories(folder.resolve("lib"));
        List<Path> jars = new ArrayList<>(list(home.resolve("lib")));
        jars.addAll(List.of(more));
        for (Path jar : jars) {
            Files.createSymbolicLink(
                    folder.resolve("lib").resolve(jar.getFileName()),
                    jar.toAbsolutePath().normalize());
        }
        for (String name : List.of("opt", "plugins")) {
            Files.createSymbolicLink(folder.resolve(name), home.resolve(name));
        }
        Files.createDirectories(folder.resolve("log"));
        return new FlinkDistribution(folder);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** A script in {@code bin} as a process, with the environment that Flink's scripts go by. */
    ProcessBuilder script(Map<String, String> environment, String name, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin").resolve(name).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command);
        process.environment().put("JAVA_HOME", System.getProperty("java.home"));
        process.environment().putAll(environment);
        return process;
    }

    /** The class path of its libraries. */
    String classPath() throws IOException {
        return String.join(
                File.pathSeparator,
                list(home.resolve("lib")).stream().map(Path::toString).sorted().toList());
    }
}
