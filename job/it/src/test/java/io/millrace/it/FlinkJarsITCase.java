package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.apache.flink.table.factories.Factory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the jars that Flink loads: those for {@code FLINK_HOME/lib}, and that of a job. */
class FlinkJarsITCase {
    private static final String SERVICES = "META-INF/services/";
    private static final String MQTT = "mqtt/target/millrace-mqtt-flink.jar";
    private static final String TDENGINE = "tdengine/target/millrace-tdengine-flink.jar";
    private static final String UDF = "../udf/target/millrace-udf-flink.jar";
    private static final String JOB = "rule/target/millrace-job.jar";

    /** Which the planner of a cluster keeps to itself. */
    private static final String GRAMMAR =
            "org/apache/flink/(sql/parser|table/calcite|calcite/shaded)/.*";

    /** One provider that cannot be made breaks every look-up of Flink's factories. */
    @ParameterizedTest
    @ValueSource(strings = {MQTT, TDENGINE, UDF, JOB})
    void everyProviderOfAServiceCanBeMade(String name) throws Exception {
        List<String> broken = new ArrayList<>();
        List<String> made = new ArrayList<>();
        try (JarFile jar = new JarFile(path(name).toFile());
                URLClassLoader loader = loader(name)) {
            for (String service : services(jar)) {
                Class<?> type;
                try {
                    type = Class.forName(service, false, loader);
                } catch (ClassNotFoundException e) {
                    // Nobody can ask for it.
                    continue;
                }
                try {
                    ServiceLoader.load(type, loader)
                            .forEach(provider -> made.add(provider.getClass().getName()));
                } catch (ServiceConfigurationError | LinkageError e) {
                    broken.add(service + ": " + e);
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(made).anyMatch(provider -> provider.startsWith("io.millrace."));
    }

    @ParameterizedTest
    @ValueSource(strings = {MQTT, TDENGINE, UDF})
    void aDropInJarBringsNothingThatOthersMayBringToo(String name) throws Exception {
        try (JarFile jar = new JarFile(path(name).toFile())) {
            assertThat(classes(jar))
                    .filteredOn(
                            n -> !n.startsWith("io/millrace/") && !n.startsWith("com/taosdata/"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {JOB})
    void theJobJarHasNoneOfFlinksOwnClassesButTheParser(String name) throws Exception {
        try (JarFile jar = new JarFile(path(name).toFile())) {
            assertThat(classes(jar))
                    .hasSizeGreaterThan(1000)
                    .filteredOn(
                            n ->
                                    n.matches("org/(slf4j|apache/(log4j|logging))/.*")
                                            || n.matches("io/millrace/(devkit|cli)/.*")
                                            || n.startsWith("org/apache/flink/")
                                                    && !n.matches(GRAMMAR))
                    .isEmpty();
            assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
                    .isEqualTo("io.millrace.rule.JobMain");
        }
    }

    private static List<String> classes(JarFile jar) {
        return jar.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".class")).toList();
    }

    private static Path path(String name) {
        return Path.of("..").resolve(name).toAbsolutePath().normalize();
    }

    private static List<String> services(JarFile jar) {
        return jar.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.startsWith(SERVICES) && !name.endsWith("/"))
                .map(name -> name.substring(SERVICES.length()))
                .filter(name -> !name.contains("/"))
                .toList();
    }

    /** Sees the jar, and of the class path Flink and the logger, as in a cluster. */
    private static URLClassLoader loader(String name) throws IOException {
        ClassLoader tests = Factory.class.getClassLoader();
        ClassLoader flink =
                new ClassLoader(ClassLoader.getPlatformClassLoader()) {
                    @Override
                    protected Class<?> findClass(String wanted) throws ClassNotFoundException {
                        boolean inCluster =
                                wanted.startsWith("org.apache.flink.")
                                                && !wanted.startsWith("org.apache.flink.sql.")
                                        || wanted.startsWith("org.slf4j.");
                        if (inCluster) {
                            return tests.loadClass(wanted);
                        }
                        throw new ClassNotFoundException(wanted);
                    }
                };
        return new URLClassLoader(new URL[] {path(name).toUri().toURL()}, flink);
    }
}
