package io.millrace.cli.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.cli.state.JobFolder;
import io.millrace.cli.state.JobLock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds jobs: first among local runs, then in a cluster. */
public final class JobLocator {
    private static final String RUNNING = "running.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path state;
    private final Optional<URI> cluster;
    private final boolean clusterMustAnswer;

    /**
     * @param state where local runs have their folders
     * @param clusterMustAnswer whether a cluster that does not answer is an error: it was asked for
     */
    public JobLocator(Path state, Optional<URI> cluster, boolean clusterMustAnswer) {
        this.state = state;
        this.cluster = cluster;
        this.clusterMustAnswer = clusterMustAnswer;
    }

    /**
     * A job that can be asked.
     *
     * @param rules names of its rules, as far as they are known
     */
    public record Located(RunningJobs.Found job, List<String> rules) {}

    /**
     * Finds the jobs of that name or id.
     *
     * @param name null for all that run
     */
    public List<Located> find(String name) throws IOException, InterruptedException {
        List<Located> all = new ArrayList<>(local());
        if (cluster.isPresent()) {
            try {
                RunningJobs.at(cluster.get()).stream()
                        .filter(job -> name != null || !job.isOver())
                        .map(job -> new Located(job, List.of()))
                        .forEach(all::add);
            } catch (IOException e) {
                if (clusterMustAnswer) {
                    throw new IOException(
                            "Flink at " + cluster.get() + " does not answer. Is that its REST API?",
                            e);
                }
            }
        }
        List<Located> named =
                all.stream()
                        .filter(
                                located ->
                                        name == null
                                                || located.job().name().equals(name)
                                                || located.job().id().equals(name))
                        .toList();
        List<Located> alive = named.stream().filter(found -> !found.job().isOver()).toList();
        // Of jobs that have ended the list begins with the newest.
        return alive.isEmpty() ? named.stream().limit(1).toList() : alive;
    }

    private List<Located> local() throws IOException {
        if (!Files.isDirectory(state)) {
            return List.of();
        }
        List<Located> found = new ArrayList<>();
        try (Stream<Path> folders = Files.list(state)) {
            for (Path folder : folders.sorted().toList()) {
                local(folder).ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<Located> local(Path folder) throws IOException {
        Path file = folder.resolve(RUNNING);
        // What a run that was killed has left behind says nothing.
        if (!Files.isRegularFile(file) || JobLock.holder(new JobFolder(folder)).isEmpty()) {
            return Optional.empty();
        }
        JsonNode running = JSON.readTree(Files.readString(file));
        List<String> rules = new ArrayList<>();
        running.path("rules").forEach(rule -> rules.add(rule.asText()));
        return Optional.of(
                new Located(
                        new RunningJobs.Found(
                                URI.create(running.path("rest").asText()),
                                running.path("jobId").asText(),
                                running.path("job").asText(),
                                "RUNNING"),
                        rules));
    }
}
