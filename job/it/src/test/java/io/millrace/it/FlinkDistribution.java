package io.millrace.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
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
        // Nor are folders, which the scripts search without following links.
        for (String name : List.of("lib", "opt", "plugins")) {
            link(home.resolve(name), folder.resolve(name));
        }
        for (Path jar : more) {
            linkFile(jar, folder.resolve("lib").resolve(jar.getFileName()));
        }
        Files.createDirectories(folder.resolve("log"));
        return new FlinkDistribution(folder);
    }

    private static void link(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    linkFile(path, target);
                }
            }
        }
    }

    private static void linkFile(Path from, Path to) throws IOException {
        try {
            // JUnit warns of each symbolic link that leads out of its folder.
            Files.createLink(to, from);
        } catch (FileSystemException | UnsupportedOperationException e) {
            // On another disk.
            Files.createSymbolicLink(to, from.toAbsolutePath().normalize());
        }
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
