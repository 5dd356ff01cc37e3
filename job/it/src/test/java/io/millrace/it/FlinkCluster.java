package io.millrace.it;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cli.flink.FlinkRest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Flink cluster of processes on 127.0.0.1: a JobManager, TaskManagers and, for high availability,
 * ZooKeeper, which is what Flink itself brings for that without Kubernetes. Each can be killed and
 * started again. Not thread-safe.
 *
 * <pre>{@code
 * try (FlinkCluster cluster = FlinkCluster.in(folder, FlinkDistribution.fetched())
 *                 .taskManagers(2).start()) {
 *     cluster.killTaskManager(0);
 *     cluster.startTaskManager(0);
 * }
 * }</pre>
 */
final class FlinkCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Path folder;
    private final FlinkDistribution flink;
    private final Map<String, String> configuration = new TreeMap<>();
    private final Map<String, String> variables = new TreeMap<>();
    private final List<FlinkProcess> taskManagers = new ArrayList<>();
    private final URI rest;
    private int count = 1;
    private FlinkProcess jobManager;
    private FlinkProcess zookeeper;
    private int zookeeperPort;

    private FlinkCluster(Path folder, FlinkDistribution flink) {
        this.folder = folder;
        this.flink = flink;
        int restPort = freePort();
        rest = URI.create("http://127.0.0.1:" + restPort);
        with("rest.address", "127.0.0.1");
        with("rest.bind-address", "127.0.0.1");
        with("rest.port", Integer.toString(restPort));
        with("jobmanager.rpc.address", "127.0.0.1");
        with("jobmanager.bind-host", "127.0.0.1");
        with("jobmanager.rpc.port", Integer.toString(freePort()));
        with("jobmanager.memory.process.size", "1024m");
        with("taskmanager.host", "127.0.0.1");
        with("taskmanager.bind-host", "127.0.0.1");
        with("taskmanager.memory.process.size", "1024m");
        with("taskmanager.memory.managed.size", "32m");
        with("taskmanager.memory.network.max", "64m");
        with("taskmanager.numberOfTaskSlots", "2");
        with("execution.checkpointing.dir", folder.resolve("checkpoints").toUri().toString());
        with("io.tmp.dirs", folder.resolve("tmp").toString());
        with("process.working-dir", folder.resolve("work").toString());
        // Those of a machine that is slow for a while are alive; those of a killed process are not.
        with("heartbeat.interval", "2 s");
        with("heartbeat.timeout", "20 s");
        with("env.java.opts.all", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC " + ADD_OPENS);
    }

    private static final String ADD_OPENS =
            String.join(
                    " ",
                    List.of("lang", "net", "io", "nio", "text", "time", "util").stream()
                            .map(name -> "--add-opens=java.base/java." + name + "=ALL-UNNAMED")
                            .toList());

    /**
     * Prepares a cluster of one JobManager and one TaskManager with two slots.
     *
     * @param folder keeps its configuration, logs, checkpoints; best outside of any other's
     */
    static FlinkCluster in(Path folder, FlinkDistribution flink) {
        return new FlinkCluster(folder.toAbsolutePath(), flink);
    }

    /** So many TaskManagers instead. */
    FlinkCluster taskManagers(int number) {
        count = number;
        return this;
    }

    /** Sets an option of Flink's. */
    FlinkCluster with(String option, String value) {
        configuration.put(option, value);
        return this;
    }

    /**
     * Sets an environment variable of its processes, and of those that {@link #environment} is for.
     */
    FlinkCluster variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** Lets a JobManager that was killed go on with its jobs when it is started again. */
    FlinkCluster highlyAvailable() {
        zookeeperPort = freePort();
        return with("high-availability.type", "zookeeper")
                // A killed JobManager leads until its session at ZooKeeper is over: 60 s by
                // default.
                .with("high-availability.zookeeper.client.session-timeout", "10 s")
                .with("high-availability.zookeeper.client.connection-timeout", "5 s")
                .with("high-availability.zookeeper.quorum", "127.0.0.1:" + zookeeperPort)
                .with("high-availability.storageDir", folder.resolve("ha").toUri().toString())
                .with("high-availability.jobmanager.port", Integer.toString(freePort()));
    }

    /** Starts all of it and returns when the TaskManagers have registered. */
    FlinkCluster start() throws IOException {
        try {
            prepare();
            if (zookeeperPort > 0) {
                startZooKeeper();
            }
            startJobManager();
            for (int i = 0; i < count; i++) {
                startTaskManager(i);
            }
            awaitTaskManagers(count);
            return this;
        } catch (IOException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Writes the configuration and starts TaskManagers alone, for a JobManager yet to come. */
    FlinkCluster startTaskManagers() throws IOException {
        prepare();
        for (int i = 0; i < count; i++) {
            startTaskManager(i);
        }
        return this;
    }

    private void prepare() throws IOException {
        for (String name : List.of("conf", "log", "pids", "tmp", "work")) {
            Files.createDirectories(folder.resolve(name));
        }
        List<String> lines = new ArrayList<>();
        configuration.forEach((key, value) -> lines.add(key + ": \"" + value + "\""));
        Files.write(folder.resolve("conf/config.yaml"), lines);
        for (String name :
                List.of("log4j.properties", "log4j-console.properties", "log4j-cli.properties")) {
            Files.copy(
                    flink.home().resolve("conf").resolve(name),
                    folder.resolve("conf").resolve(name),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** What Flink's scripts and {@code millrace} need to find this cluster. */
    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("FLINK_HOME", flink.home().toString());
        environment.put("FLINK_CONF_DIR", folder.resolve("conf").toString());
        environment.put("FLINK_LOG_DIR", folder.resolve("log").toString());
        environment.put("FLINK_PID_DIR", folder.resolve("pids").toString());
        environment.put("FLINK_IDENT_STRING", "it");
        environment.putAll(variables);
        return environment;
    }

    private void startZooKeeper() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("conf/zoo.cfg"),
                        """
                        dataDir=%s
                        clientPort=%d
                        clientPortAddress=127.0.0.1
                        admin.enableServer=false
                        """
                                .formatted(folder.resolve("zookeeper"), zookeeperPort));
        ProcessBuilder process =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dlog4j.configurationFile="
                                + folder.resolve("conf/log4j-cli.properties").toUri(),
                        "-Dlog.file=" + folder.resolve("log/zookeeper.log"),
                        "-cp",
                        flink.classPath(),
                        "org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer",
                        "--zkConfigFile",
                        file.toString(),
                        "--peerId",
                        "1");
        zookeeper = FlinkProcess.start("zookeeper", process, folder.resolve("log"));
        await("ZooKeeper").atMost(PATIENCE).until(() -> listens(zookeeperPort));
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Starts the JobManager, again if it was killed; does not wait. */
    void startJobManager() throws IOException {
        jobManager =
                FlinkProcess.start(
                        "jobmanager",
                        flink.script(environment(), "jobmanager.sh", "start-foreground"),
                        folder.resolve("log"));
    }

    /** SIGKILL. */
    void killJobManager() {
        jobManager.kill();
    }

    /** Starts a TaskManager, from 0, again if it was killed; does not wait. */
    void startTaskManager(int index) throws IOException {
        FlinkProcess process =
                FlinkProcess.start(
                        "taskmanager-" + index,
                        flink.script(
                                environment(),
                                "taskmanager.sh",
                                "start-foreground",
                                "-Dtaskmanager.resource-id=tm-" + index + "-" + freePort()),
                        folder.resolve("log"));
        if (index < taskManagers.size()) {
            taskManagers.set(index, process);
        } else {
            taskManagers.add(process);
        }
    }

    /** SIGKILL. */
    void killTaskManager(int index) {
        taskManagers.get(index).kill();
    }

    /** Waits until so many TaskManagers are registered, and no other. */
    void awaitTaskManagers(int number) {
        await(number + " TaskManagers")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .failFast("a process has ended", () -> !dead().isEmpty())
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> overview().path("taskmanagers").asInt() == number);
    }

    /** Waits until so many jobs run, or more, with all of their tasks. */
    void awaitJobs(int number) {
        await(number + " running jobs")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .failFast("a process has ended", () -> !dead().isEmpty())
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> running() >= number);
    }

    private int running() throws IOException, InterruptedException {
        int running = 0;
        for (JsonNode job : flink().get("/jobs/overview").path("jobs")) {
            JsonNode tasks = job.path("tasks");
            if (job.path("state").asText().equals("RUNNING")
                    && tasks.path("running").asInt() == tasks.path("total").asInt()) {
                running++;
            }
        }
        return running;
    }

    /** How many classes of a name have live objects in the TaskManagers, one for each loader. */
    long classesIn(String name) throws IOException, InterruptedException {
        long count = 0;
        for (FlinkProcess process : taskManagers) {
            count += process.liveClasses().filter(line -> line.endsWith(" " + name)).count();
        }
        return count;
    }

    private String dead() {
        StringBuilder dead = new StringBuilder();
        for (FlinkProcess process : all()) {
            if (process.endedByItself()) {
                dead.append(process.log());
            }
        }
        return dead.toString();
    }

    private List<FlinkProcess> all() {
        List<FlinkProcess> all = new ArrayList<>(taskManagers);
        for (FlinkProcess process : new FlinkProcess[] {jobManager, zookeeper}) {
            if (process != null) {
                all.add(process);
            }
        }
        return all;
    }

    /** Flink's counts: TaskManagers, slots, jobs. */
    JsonNode overview() throws IOException, InterruptedException {
        return flink().get("/overview");
    }

    /** Flink's REST API. */
    FlinkRest flink() {
        return new FlinkRest(rest);
    }

    /** Where that is. */
    URI rest() {
        return rest;
    }

    /** The folder with {@code conf}, {@code log}, {@code checkpoints}. */
    Path folder() {
        return folder;
    }

    /** The distribution that it runs. */
    FlinkDistribution distribution() {
        return flink;
    }

    private static int freePort() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Kills all of it. */
    @Override
    public void close() {
        all().forEach(FlinkProcess::close);
    }
}
