package io.millrace.cli.upgrade;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.millrace.cli.cluster.SubmitRequest;
import io.millrace.cli.state.JobFolder;
import io.millrace.rule.Settings;
import io.millrace.rule.TopicDeclaration;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;

/**
 * A copy of the rules and settings that a job on a cluster was started with. When a new version
 * does not come up, the one before is planned from it again; the files that the user edits are the
 * new version's by then. Only the owner can read it, since settings may hold what should have been
 * a reference.
 *
 * @param folder {@code submitted} in the job's folder
 */
public record KeptVersion(Path folder) {
    private static final String SETTINGS = "millrace.yaml";
    private static final String JOB_ID = "job-id";

    /** Where the version of a job is kept. */
    public static KeptVersion of(JobFolder job) {
        return new KeptVersion(job.root().resolve("submitted"));
    }

    /**
     * Keeps a version instead of the one before.
     *
     * @param jobId Flink's id of the job that it runs as
     */
    public void keep(Settings settings, List<Path> files, String jobId) throws IOException {
        Path fresh = folder.resolveSibling("submitted.new");
        PathUtils.deleteDirectory(Files.createDirectories(fresh));
        createPrivate(fresh);
        int number = 1;
        for (Path file : files) {
            // Names of rules come from names of files, which need not differ.
            Path copy = Files.createDirectories(fresh.resolve("%03d".formatted(number++)));
            Files.copy(file, copy.resolve(file.getFileName()));
        }
        Files.writeString(fresh.resolve(SETTINGS), yaml(settings));
        Files.writeString(fresh.resolve(JOB_ID), jobId);
        if (Files.exists(folder)) {
            PathUtils.deleteDirectory(folder);
        }
        Files.move(fresh, folder);
    }

    /** Whether this is the version of that job: from elsewhere another one may have come. */
    public boolean isOf(String jobId) throws IOException {
        Path known = folder.resolve(JOB_ID);
        return Files.isRegularFile(known) && Files.readString(known).equals(jobId);
    }

    /** Notes that it was started again. */
    public void runsAs(String jobId) throws IOException {
        Files.writeString(folder.resolve(JOB_ID), jobId);
    }

    private static void createPrivate(Path fresh) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectory(
                    fresh,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectory(fresh);
        }
    }

    /** The rule files, in their order; empty if no version is kept here. */
    public List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isRegularFile(settingsFile())) {
            try (Stream<Path> found = Files.walk(folder, 2)) {
                found.filter(file -> file.toString().endsWith(".sql")).sorted().forEach(files::add);
            }
        }
        return files;
    }

    /** The file with its settings. */
    public Path settingsFile() {
        return folder.resolve(SETTINGS);
    }

    /** The settings; empty if no version is kept here. */
    public Optional<Settings> settings() throws IOException {
        return Files.isRegularFile(settingsFile())
                ? Optional.of(Settings.read(settingsFile()))
                : Optional.empty();
    }

    /**
     * What starts this version.
     *
     * @throws IllegalStateException if none is kept here
     */
    public SubmitRequest request(Optional<String> savepoint) throws IOException {
        return new SubmitRequest(
                settings().orElseThrow(IllegalStateException::new),
                Optional.of(settingsFile()),
                files(),
                savepoint);
    }

    /** Settings as {@link Settings#read} reads them. */
    static String yaml(Settings settings) throws IOException {
        ObjectMapper mapper = new ObjectMapper(new YAMLFactory());
        ObjectNode root = mapper.createObjectNode();
        settings.jobName().ifPresent(name -> root.putObject("job").put("name", name));
        ObjectNode connections = root.putObject("connections");
        settings.connections()
                .forEach((name, options) -> put(connections.putObject(name), options));
        ObjectNode topics = root.putObject("topics");
        settings.topics().forEach(topic -> put(topics.putObject(topic.topic()), topic));
        put(root.putObject("flink"), settings.flink());
        return mapper.writeValueAsString(root);
    }

    private static void put(ObjectNode node, Map<String, String> values) {
        new TreeMap<>(values).forEach(node::put);
    }

    private static void put(ObjectNode node, TopicDeclaration topic) {
        topic.connection().ifPresent(text -> node.put("connection", text));
        if (!topic.columns().isEmpty()) {
            ObjectNode columns = node.putObject("columns");
            topic.columns().forEach(columns::put);
        }
        topic.payload().ifPresent(text -> node.put("payload", text));
        topic.format().ifPresent(text -> node.put("format", text));
        topic.eventTime().ifPresent(text -> node.put("event-time", text));
        topic.timeUnit().ifPresent(text -> node.put("time-unit", text));
        topic.watermark().ifPresent(text -> node.put("watermark", text));
    }
}
