package io.millrace.cli.cluster;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What starting an application needs: a mixin. */
public final class ApplicationOption {
    @ArgGroup(
            exclusive = false,
            heading = "%n@|bold Applications|@ (--target other than session):%n")
    private Group group = new Group();

    /** The options. */
    static final class Group {
        @Option(
                names = "--flink-home",
                paramLabel = "DIR",
                description = "Flink's distribution, whose scripts are used ($$FLINK_HOME).")
        private Path flinkHome;

        @Option(
                names = "--image",
                paramLabel = "NAME",
                description =
                        "Image for Kubernetes, with millrace-job.jar in /opt/flink/usrlib and, without"
                                + " --config-map, rules and settings in "
                                + ApplicationCommand.FOLDER_IN_IMAGE
                                + ".")
        private String image;

        @Option(
                names = "--config-map",
                paramLabel = "NAME",
                description = "ConfigMap on Kubernetes that holds rules and settings.")
        private String configMap;

        @Option(names = "--dry-run", description = "Prints Flink's command and does not run it.")
        private boolean dryRun;
    }

    /** The first of these options that was given. */
    public Optional<String> given() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("--flink-home", group.flinkHome);
        values.put("--image", group.image);
        values.put("--config-map", group.configMap);
        values.put("--dry-run", group.dryRun ? true : null);
        return values.entrySet().stream()
                .filter(value -> value.getValue() != null)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    FlinkHome home() {
        return FlinkHome.find(Optional.ofNullable(group.flinkHome));
    }

    Optional<String> image() {
        return Optional.ofNullable(group.image);
    }

    Optional<String> configMap() {
        return Optional.ofNullable(group.configMap);
    }

    boolean dryRun() {
        return group.dryRun;
    }
}
