package io.millrace.cli.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.GlobalConfiguration;

/**
 * A distribution of Flink on this machine, whose scripts start what its clients cannot.
 *
 * @param folder as in {@code FLINK_HOME}
 */
public record FlinkHome(Path folder) {
    /**
     * Finds it: as given, else as the environment says.
     *
     * @throws ClusterException if there is none
     */
    public static FlinkHome find(Optional<Path> given) {
        Path folder =
                given.or(() -> Optional.ofNullable(System.getenv("FLINK_HOME")).map(Path::of))
                        .orElseThrow(
                                () ->
                                        new ClusterException(
                                                "Flink's own scripts start an application: say with"
                                                        + " --flink-home or FLINK_HOME where Flink"
                                                        + " is (deploy/local/fetch-flink.sh"
                                                        + " fetches it)."));
        if (!Files.isExecutable(folder.resolve("bin/flink"))) {
            throw new ClusterException(
                    "There is no Flink in '" + folder + "': bin/flink is missing.");
        }
        return new FlinkHome(folder.toAbsolutePath().normalize());
    }

    /** A script. */
    Path script(String name) {
        return folder.resolve("bin").resolve(name);
    }

    /** What stands in its configuration file. */
    Map<String, String> configuration() {
        String other = System.getenv("FLINK_CONF_DIR");
        Path conf = other == null ? folder.resolve("conf") : Path.of(other);
        return Files.isReadable(conf.resolve("config.yaml"))
                ? new HashMap<>(GlobalConfiguration.loadConfiguration(conf.toString()).toMap())
                : new HashMap<>();
    }

    /** Runs a script with its output on ours; returns the exit code. */
    static int run(Iterable<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder();
        command.forEach(builder.command()::add);
        return builder.inheritIO().start().waitFor();
    }
}
