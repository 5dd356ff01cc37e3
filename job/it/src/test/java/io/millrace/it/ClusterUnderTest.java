package io.millrace.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.devkit.mqtt.Mosquitto;
import io.millrace.devkit.tdengine.TDengineUnderTest;
import io.millrace.it.MillraceProcess.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * A broker, a TDengine and a Flink cluster beside it, and projects whose rules run there. Passwords
 * are references to a variable of the cluster's processes. Not thread-safe.
 */
final class ClusterUnderTest implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** What the cluster's processes find TDengine's password by. */
    static final String PASSWORD = "${env.IT_PASSWORD}";

    private final Path folder;
    private final Mosquitto broker;
    private final TDengineUnderTest tdengine;
    private final String database;
    private final FlinkCluster cluster;
    private final Devices devices;

    /**
     * Starts all of it.
     *
     * @param setUp what the cluster is like
     */
    ClusterUnderTest(Path folder, FlinkDistribution flink, UnaryOperator<FlinkCluster> setUp)
            throws Exception {
        assumeTrue(Mosquitto.isInstalled(), "mosquitto is not installed");
        this.folder = folder;
        broker = Mosquitto.in(Files.createDirectory(folder.resolve("broker"))).start();
        tdengine = TDengineUnderTest.start();
        database = tdengine.freshDatabase("PRECISION 'ns'");
        devices = new Devices(broker.url());
        cluster =
                setUp.apply(
                        FlinkCluster.in(folder.resolve("cluster"), flink)
                                .variable("IT_PASSWORD", tdengine.password()));
        try {
            cluster.start();
        } catch (Exception | Error e) {
            close();
            throw e;
        }
    }

    FlinkCluster flink() {
        return cluster;
    }

    Devices devices() {
        return devices;
    }

    TDengineUnderTest tdengine() {
        return tdengine;
    }

    String database() {
        return database;
    }

    String broker() {
        return broker.url();
    }

    /** Makes a super table of numbered messages. */
    void table(String name) {
        tdengine.execute(
                "CREATE STABLE %s.%s (ts TIMESTAMP, seq BIGINT) TAGS (clientid NCHAR(64))"
                        .formatted(database, name));
    }

    /** A project with a table and a rule of its name, {@code sql/NAME.sql}. */
    Project project(String name, String topic) throws IOException {
        table(name);
        Project project = new Project(folder.resolve(name), name, topic);
        Files.createDirectories(project.root().resolve("sql"));
        project.settings("", PASSWORD);
        project.rule("payload.s", "");
        return project;
    }

    /** Rules in a folder of their own. */
    final class Project {
        private final Path root;
        private final String name;
        private final String topic;

        private Project(Path root, String name, String topic) {
            this.root = root;
            this.name = name;
            this.topic = topic;
        }

        Path root() {
            return root;
        }

        /** The job's name, of which Flink's own tools would make another one. */
        String job() {
            return name + " 1.0";
        }

        /**
         * Writes the settings.
         *
         * @param more options of the connection to the broker, each with a comma behind it
         * @param password of TDengine
         */
        void settings(String more, String password) throws IOException {
            Files.writeString(
                    root.resolve("millrace.yaml"),
                    """
                    job: {name: "%s"}
                    connections:
                      mqtt: {type: mqtt, %surl: "%s"}
                      tdengine: {type: tdengine, url: "%s", username: %s, password: "%s"}
                    """
                            .formatted(
                                    job(),
                                    more,
                                    broker.url(),
                                    tdengine.url(),
                                    tdengine.username(),
                                    password));
        }

        /** Writes the rule that gives a row for each message. */
        void rule(String value, String condition) throws IOException {
            file(
                    name,
                    """
                    INSERT INTO tdengine.%s.%s (ts, seq, clientid)
                    SELECT now_timestamp('nanosecond'), %s, clientid FROM "%s" %s;
                    """
                            .formatted(database, name, value, topic, condition));
        }

        /** Writes another rule. */
        void file(String rule, String sql) throws IOException {
            Files.writeString(root.resolve("sql").resolve(rule + ".sql"), sql);
        }

        /** Runs a command in this folder. */
        Ended millrace(String... arguments) throws IOException, InterruptedException {
            return millrace(Map.of(), arguments);
        }

        /** Runs a command with variables that the cluster does not have. */
        Ended millrace(Map<String, String> variables, String... arguments)
                throws IOException, InterruptedException {
            Map<String, String> environment = new HashMap<>(cluster.environment());
            environment.putAll(variables);
            return MillraceProcess.call(root, environment, arguments);
        }

        /** Runs a command that has to succeed; returns what it printed. */
        String succeed(String... arguments) throws IOException, InterruptedException {
            Ended ended = millrace(arguments);
            if (ended.code() != 0) {
                throw new AssertionError(
                        String.join(" ", arguments) + " failed:\n" + ended.output());
            }
            return ended.output();
        }
    }

    /** How many of the numbered messages are in a table. */
    long distinct(String table) {
        return tdengine.rows("SELECT DISTINCT seq FROM %s.%s".formatted(database, table)).size();
    }

    /** How many rows are in it. */
    long count(String table) {
        List<List<Object>> rows =
                tdengine.rows("SELECT COUNT(*) FROM %s.%s".formatted(database, table));
        return ((Number) rows.get(0).get(0)).longValue();
    }

    /** Waits until more than so many messages are in a table. */
    void awaitMore(String table, long number) {
        await(table + " has more than " + number)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> distinct(table) > number);
    }

    /** Waits until exactly so many are. */
    void awaitAll(String table, long number) {
        await(table + " has all " + number)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> distinct(table), found -> found == number);
    }

    @Override
    public void close() throws IOException, MqttException {
        devices.close();
        cluster.close();
        broker.close();
        tdengine.close();
    }
}
