package io.millrace.it.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of the machine. */
final class Tool {
    private final String name;

    private Tool(String name) {
        this.name = name;
    }

    /** Finds it; without it the test is reported as skipped, and fails where it has to be there. */
    static Tool need(String name, String debianPackage) {
        boolean found =
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
        if (!found) {
            String message =
                    "%s is not installed (apt-get install %s)".formatted(name, debianPackage);
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(message);
            }
            abort(message);
        }
        return new Tool(name);
    }

    /** Runs it, and fails with what it says if it does. */
    String run(Path folder, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(name));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as("%s:%n%s", command, output).isZero();
        return output;
    }
}
