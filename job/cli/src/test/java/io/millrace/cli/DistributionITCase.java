package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the archive that users get. */
class DistributionITCase {
    private static final String SERVICES = "META-INF/services/";
    private static final String FACTORIES = "org.apache.flink.table.factories.Factory";

    @TempDir private static Path folder;

    private static Path home;

    @BeforeAll
    static void unpack() throws Exception {
        Process tar =
                new ProcessBuilder("tar", "xzf", archive().toString(), "-C", folder.toString())
                        .inheritIO()
                        .start();
        assertThat(tar.waitFor()).isZero();
        try (Stream<Path> top = Files.list(folder)) {
            home = top.filter(path -> !path.endsWith("archive")).findAny().orElseThrow();
        }
    }

    @Test
    void hasAllThatItsUsersNeed() throws IOException {
        assertThat(home.getFileName().toString()).startsWith("millrace-");
        assertThat(List.of("README.md", "LICENSE", "NOTICE", "THIRD-PARTY.txt", "bin/millrace"))
                .allSatisfy(name -> assertThat(home.resolve(name)).isNotEmptyFile());
        assertThat(home.resolve("flink").toFile().list())
                .containsExactlyInAnyOrder(
                        "millrace-job.jar",
                        "millrace-mqtt-flink.jar",
                        "millrace-tdengine-flink.jar",
                        "millrace-udf-flink.jar");
        assertThat(home.resolve("sql/temp_hum.sql")).isNotEmptyFile();
        assertThat(home.resolve("deploy/mosquitto/mosquitto.conf")).isNotEmptyFile();
        assertThat(Files.readString(home.resolve("THIRD-PARTY.txt")))
                .contains("org.apache.flink:flink-runtime:", "org.eclipse.paho", "(MIT License)")
                .doesNotContain("junit");
        assertThat(Files.readString(home.resolve("LICENSE"))).contains("Apache License");
    }

    @Test
    void comesWithChecksums() throws Exception {
        for (String algorithm : List.of("SHA-256", "SHA-512")) {
            String name = archive().getFileName().toString();
            String sum =
                    Files.readString(
                            archive()
                                    .resolveSibling(
                                            name + "." + algorithm.toLowerCase().replace("-", "")));
            byte[] digest =
                    MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(archive()));
            assertThat(sum.strip()).isEqualTo(HexFormat.of().formatHex(digest) + " *" + name);
        }
    }

    @Test
    void listsItsPartsForMachines() throws IOException {
        List<Path> lists;
        try (Stream<Path> files = Files.list(home)) {
            lists = files.filter(file -> file.toString().endsWith("-sbom.json")).toList();
        }
        assumeTrue(!lists.isEmpty(), "built without network (mvn -o), so without its SBOM");

        JsonNode list = new ObjectMapper().readTree(lists.get(0).toFile());
        assertThat(list.path("bomFormat").asText()).isEqualTo("CycloneDX");
        TreeSet<String> listed = new TreeSet<>();
        for (JsonNode component : list.path("components")) {
            listed.add(component.path("name").asText() + "-" + component.path("version").asText());
        }
        for (Path jar : jars()) {
            String name = jar.getFileName().toString().replaceFirst("\\.jar$", "");
            if (!name.startsWith("millrace-cli-")) {
                assertThat(listed).as(name).anyMatch(name::startsWith);
            }
        }
    }

    /** One provider that cannot be loaded breaks every look-up of Flink's factories. */
    @Test
    void everyProviderOfAServiceCanBeLoaded() throws IOException {
        List<String> broken = new ArrayList<>();
        int loaded = 0;
        try (URLClassLoader loader = loader()) {
            for (Path path : jars()) {
                try (JarFile jar = new JarFile(path.toFile())) {
                    for (ZipEntry file : serviceFiles(jar)) {
                        String name = file.getName().substring(SERVICES.length());
                        Class<?> service = load(name, loader);
                        if (service == null) {
                            // Nobody here can ask for it.
                            continue;
                        }
                        for (String provider : providers(jar.getInputStream(file))) {
                            Class<?> found = load(provider, loader);
                            if (found == null || !service.isAssignableFrom(found)) {
                                broken.add(path.getFileName() + ": " + name + ": " + provider);
                            }
                            loaded++;
                        }
                    }
                }
            }
        }

        assertThat(broken).isEmpty();
        assertThat(loaded).isGreaterThan(50);
    }

    @Test
    void findsTheFactoriesOfAllModules() throws IOException {
        List<String> factories = new ArrayList<>();
        try (URLClassLoader loader = loader()) {
            var files = loader.getResources(SERVICES + FACTORIES);
            while (files.hasMoreElements()) {
                factories.addAll(providers(files.nextElement().openStream()));
            }
        }

        assertThat(factories)
                .contains("io.millrace.functions.MillraceModuleFactory")
                .anyMatch(name -> name.startsWith("io.millrace.mqtt."))
                .anyMatch(name -> name.startsWith("io.millrace.tdengine."))
                .anyMatch(name -> name.startsWith("org.apache.flink.formats.json."))
                .anyMatch(name -> name.startsWith("org.apache.flink.formats.csv."))
                .doesNotHaveDuplicates();
    }

    @Test
    void hasOneVersionOfEachLibraryAndNamesThemAll() throws IOException {
        List<String> names = jars().stream().map(jar -> jar.getFileName().toString()).toList();
        assertThat(names.stream().filter(name -> !name.contains("-native-")))
                .extracting(name -> name.replaceFirst("-\\d.*", ""))
                .doesNotHaveDuplicates();

        Path main =
                jars().stream()
                        .filter(jar -> jar.getFileName().toString().startsWith("millrace-cli-"))
                        .findAny()
                        .orElseThrow();
        try (JarFile jar = new JarFile(main.toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Main-Class")).isEqualTo("io.millrace.cli.Millrace");
            assertThat(manifest.getValue("Add-Opens")).contains("java.base/java.util");
            List<String> all = new ArrayList<>(List.of(manifest.getValue("Class-Path").split(" ")));
            all.add(main.getFileName().toString());
            assertThat(all).containsExactlyInAnyOrderElementsOf(names);
        }
    }

    private static Path archive() throws IOException {
        try (Stream<Path> built = Files.list(Path.of("target"))) {
            return built.filter(file -> file.toString().endsWith("-bin.tar.gz"))
                    .findAny()
                    .orElseThrow();
        }
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("lib"))) {
            return files.sorted().toList();
        }
    }

    private static URLClassLoader loader() throws IOException {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars()) {
            urls.add(jar.toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    private static List<? extends ZipEntry> serviceFiles(JarFile jar) {
        return jar.stream()
                .filter(entry -> entry.getName().startsWith(SERVICES) && !entry.isDirectory())
                .filter(entry -> entry.getName().indexOf('/', SERVICES.length()) < 0)
                .toList();
    }

    private static List<String> providers(InputStream file) throws IOException {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
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
}
