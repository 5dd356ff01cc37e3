package io.millrace.mqtt.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.devkit.mqtt.EmbeddedBroker;
import io.millrace.mqtt.Publisher;
import io.millrace.mqtt.client.ClientLibrary;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The jar for {@code FLINK_HOME/lib}, without anything else of ours or of its libraries. */
class DropInJarITCase {
    private static final Path JAR = Path.of("target", "millrace-mqtt-flink.jar").toAbsolutePath();

    /** Jars that must not help out. */
    private static final List<String> OURS =
            List.of("millrace", "/io/netty/", "/org/eclipse/paho/", "/com/fasterxml/", "artemis");

    @TempDir Path folder;

    @Test
    void bringsNothingThatAnotherConnectorMightBringToo() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(
                            jar.stream()
                                    .map(entry -> entry.getName())
                                    .filter(name -> name.endsWith(".class")))
                    .isNotEmpty()
                    .allMatch(name -> name.startsWith("io/millrace/mqtt/"));
        }
    }

    @ParameterizedTest
    @EnumSource(ClientLibrary.class)
    void readsFromABrokerAlone(ClientLibrary client) throws Exception {
        try (EmbeddedBroker broker = new EmbeddedBroker().start();
                Publisher publisher = new Publisher(broker.url())) {
            Path output = folder.resolve("output");
            Process process =
                    new ProcessBuilder(command(broker.url(), client))
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            try {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> !broker.subscriptions().isEmpty() || !process.isAlive());
                publisher.publish("plant/7", "{\"v\": 42}");
                publisher.flush();

                assertThat(process.waitFor(60, TimeUnit.SECONDS))
                        .withFailMessage(() -> read(output))
                        .isTrue();
                assertThat(output).content().contains("ROW +I[plant/7, 42]");
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private static List<String> command(String url, ClientLibrary client) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(argument -> argument.startsWith("--add-opens"))
                        .toList());
        String flink =
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> OURS.stream().noneMatch(entry::contains))
                        .filter(entry -> entry.endsWith(".jar"))
                        .collect(Collectors.joining(File.pathSeparator));
        command.addAll(
                List.of(
                        "-cp",
                        String.join(
                                File.pathSeparator,
                                Path.of("target", "test-classes").toString(),
                                JAR.toString(),
                                flink),
                        SqlClientStandIn.class.getName(),
                        url,
                        client.toString()));
        return command;
    }

    private static String read(Path output) {
        try {
            return Files.readString(output);
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }
}
