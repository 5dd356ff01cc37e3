package io.millrace.rule;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;

/**
 * What a job on a cluster is started with where neither the user nor the cluster says otherwise:
 * Flink's options ({@link JobDefaults}), and a place for dead letters beside the checkpoints.
 * Immutable.
 */
public final class ClusterDefaults {
    /** Options of a job, which a client has to send along: the cluster's own apply to them too. */
    private static final List<String> OF_JOBS =
            List.of(
                    "execution.checkpointing.",
                    "restart-strategy.",
                    "state.",
                    "table.",
                    "parallelism.default");

    private final Configuration job;

    private ClusterDefaults(Configuration job) {
        this.job = job;
    }

    /**
     * The defaults of a job.
     *
     * @param cluster the cluster's own configuration
     * @param settings their Flink options win over the cluster's
     */
    public static ClusterDefaults of(Map<String, String> cluster, Settings settings) {
        Configuration job = new Configuration();
        JobDefaults.addTo(job);
        job.set(CoreOptions.DEFAULT_PARALLELISM, 1);
        Map<String, String> said = new HashMap<>();
        cluster.forEach(
                (key, value) -> {
                    if (OF_JOBS.stream().anyMatch(key::startsWith)) {
                        said.put(key, value);
                    }
                });
        said.putAll(settings.flink());
        // The old name of the option is as good.
        if (said.containsKey("restart-strategy") || said.containsKey("restart-strategy.type")) {
            job.keySet().stream()
                    .filter(key -> key.startsWith("restart-strategy"))
                    .toList()
                    .forEach(job::removeKey);
        }
        job.addAll(Configuration.fromMap(said));
        return new ClusterDefaults(job);
    }

    /** Flink's options of the job. */
    public Configuration configuration() {
        return new Configuration(job);
    }

    /** Where checkpoints are kept, unless they are in the JobManager's memory. */
    public Optional<String> checkpoints() {
        return job.getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
    }

    /**
     * The settings with a place for the dead letters of each connection: a folder beside the
     * checkpoints, which all machines share.
     *
     * @throws RuleException if a connection does not say where its dead letters go, and checkpoints
     *     are not in a folder
     */
    public Settings withDeadLetters(Settings settings, String jobName) {
        List<String> unset = DeadLetterDefaults.unset(settings);
        if (unset.isEmpty()) {
            return settings;
        }
        String folder =
                checkpoints()
                        .filter(ClusterDefaults::isFolder)
                        .map(checkpoints -> beside(checkpoints, "dead-letters"))
                        .orElseThrow(() -> new RuleException(noPlaceForDeadLetters(unset)));
        return DeadLetterDefaults.at(
                "file:" + URI.create(folder).getPath() + "/" + fileName(jobName), settings);
    }

    private String noPlaceForDeadLetters(List<String> unset) {
        String first = unset.get(0);
        return """
                Where do dead letters go? On a cluster they are kept beside the checkpoints, but %s.
                Either set 'execution.checkpointing.dir' to a folder that all machines of the cluster share, such as
                file:///mnt/flink/checkpoints (-D, section 'flink' of the settings, or the cluster's config.yaml),
                or say it in the settings for %s:
                  connections: {%s: {%s: "file:/folder"}}   (also 'log', 'fail'; mqtt: 'topic:NAME'; tdengine: 'table:NAME')"""
                .formatted(
                        checkpoints()
                                .map(dir -> "these go to " + dir + ", which is no folder")
                                .orElse("it has no folder for them"),
                        String.join(", ", unset),
                        first.substring(0, first.indexOf('.')),
                        first.substring(first.indexOf('.') + 1));
    }

    /** Where savepoints are left if nobody says it. */
    public static String savepointsBeside(String checkpoints) {
        return beside(checkpoints, "savepoints");
    }

    private static boolean isFolder(String uri) {
        return uri.startsWith("/") || uri.startsWith("file:");
    }

    /** A folder beside this one; inside, if this one lies at the top. */
    static String beside(String uri, String name) {
        String folder = uri.replaceFirst("/+$", "");
        int slash = folder.lastIndexOf('/');
        String parent = slash <= 0 ? "" : folder.substring(0, slash);
        boolean atTop = parent.isEmpty() || parent.endsWith("/") || parent.endsWith(":");
        return (atTop ? folder : parent) + "/" + name;
    }

    private static String fileName(String jobName) {
        StringBuilder out = new StringBuilder();
        for (byte b : jobName.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain =
                    c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_')
                            || c == '.' && !out.isEmpty();
            out.append(plain ? String.valueOf(c) : "%%%02x".formatted(b));
        }
        return out.toString();
    }

    /** Flink's options as text, in the order of their names. */
    public Map<String, String> asMap() {
        Map<String, String> sorted = new LinkedHashMap<>();
        job.toMap().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }
}
