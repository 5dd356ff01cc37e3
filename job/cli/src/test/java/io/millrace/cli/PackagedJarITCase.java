package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is in the one jar that users get. */
class PackagedJarITCase {
    private static final String SERVICES = "META-INF/services/";

    private static JarFile jar;

    @BeforeAll
    static void open() throws IOException {
        jar = new JarFile(MillraceProcess.JAR.toFile());
    }

    @AfterAll
    static void close() throws IOException {
        jar.close();
    }

    /** One provider that cannot be loaded breaks every look-up of Flink's factories. */
    @Test
    void everyProviderOfAServiceInTheJarCanBeLoaded() throws IOException {
        List<String> broken = new ArrayList<>();
        int loaded = 0;
        URL[] jarOnly = {MillraceProcess.JAR.toUri().toURL()};
        try (URLClassLoader loader =
                new URLClassLoader(jarOnly, ClassLoader.getPlatformClassLoader())) {
            for (ZipEntry file : serviceFiles()) {
                Class<?> service = load(file.getName().substring(SERVICES.length()), loader);
                if (service == null) {
                    // Nobody in the jar can ask for it.
                    continue;
                }
                for (String provider : providers(file)) {
                    Class<?> found = load(provider, loader);
                    if (found == null || !service.isAssignableFrom(found)) {
                        broken.add(service.getName() + ": " + provider);
                    }
                    loaded++;
                }
            }
        }

        assertThat(broken).isEmpty();
        assertThat(loaded).isGreaterThan(50);
    }

    @Test
    void findsTheFactoriesOfAllModules() throws IOException {
        assertThat(providers(jar.getEntry(SERVICES + "org.apache.flink.table.factories.Factory")))
                .contains("io.millrace.functions.MillraceModuleFactory")
                .anyMatch(name -> name.startsWith("io.millrace.mqtt."))
                .anyMatch(name -> name.startsWith("io.millrace.tdengine."))
                .anyMatch(name -> name.startsWith("org.apache.flink.formats.json."))
                .anyMatch(name -> name.startsWith("org.apache.flink.formats.csv."));
    }

    @Test
    void carriesNoSignatureAndNoModule() {
        assertThat(jar.stream().map(ZipEntry::getName))
                .noneMatch(name -> name.matches("META-INF/[^/]+\\.(SF|DSA|RSA)"))
                .noneMatch(name -> name.endsWith("module-info.class"));
    }

    @Test
    void startsWithoutFlags() throws IOException {
        Attributes manifest = jar.getManifest().getMainAttributes();

        assertThat(manifest.getValue("Main-Class")).isEqualTo("io.millrace.cli.Millrace");
        assertThat(manifest.getValue("Multi-Release")).isEqualTo("true");
        assertThat(manifest.getValue("Add-Opens")).contains("java.base/java.util");
    }

    @Test
    void namesWhatItBundlesWithTheLicence() throws IOException {
        assertThat(text("META-INF/THIRD-PARTY.txt"))
                .contains("org.apache.flink:flink-runtime:", "org.eclipse.paho", "(MIT License)")
                .doesNotContain("junit");
        assertThat(text("META-INF/LICENSE")).contains("Apache License");
        assertThat(text("META-INF/NOTICE").strip()).startsWith("Millrace").contains("Apache Flink");
    }

    private static List<? extends ZipEntry> serviceFiles() {
        return jar.stream()
                .filter(entry -> entry.getName().startsWith(SERVICES) && !entry.isDirectory())
                .filter(entry -> entry.getName().indexOf('/', SERVICES.length()) < 0)
                .toList();
    }

    private static List<String> providers(ZipEntry file) throws IOException {
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(jar.getInputStream(file), StandardCharsets.UTF_8))) {
            return reader.lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }

    private static Class<?> load(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    private static String text(String entry) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getEntry(entry))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
