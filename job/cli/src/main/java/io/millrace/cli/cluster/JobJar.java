package io.millrace.cli.cluster;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * {@code millrace-job.jar}: what runs on a cluster.
 *
 * @param file absolute
 */
public record JobJar(Path file) {
    private static final String NAME = "millrace-job.jar";

    /** The class that plans rules where it is started. */
    public static final String ENTRY_CLASS = "io.millrace.rule.JobMain";

    /**
     * Finds it: as given, else beside this command's own jar, or where the build puts it.
     *
     * @param version of this command, which the jar's must equal
     * @throws ClusterException if there is none, or one of another version
     */
    public static JobJar find(Optional<Path> given, String version) {
        JobJar jar =
                new JobJar(
                        given.or(JobJar::besideThisJar)
                                .map(path -> path.toAbsolutePath().normalize())
                                .orElseThrow(
                                        () ->
                                                new ClusterException(
                                                        NAME
                                                                + " is not beside this command's"
                                                                + " jar; say with --job-jar where"
                                                                + " it is.")));
        jar.check(version);
        return jar;
    }

    private static Optional<Path> besideThisJar() {
        Path own = ownPlace();
        Path folder = own.getParent();
        return List.of(
                        folder.resolve(NAME),
                        // In a distribution this command's jar is in lib.
                        folder.resolve(Path.of("..", "flink", NAME)),
                        // In a source tree: job/cli/target/millrace.jar, job/cli/target/classes.
                        folder.resolve(Path.of("..", "..", "rule", "target", NAME)))
                .stream()
                .filter(Files::isReadable)
                .findFirst();
    }

    private static Path ownPlace() {
        try {
            return Path.of(
                    JobJar.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void check(String version) {
        Manifest manifest;
        try (JarFile jar = new JarFile(file.toFile())) {
            manifest = jar.getManifest();
        } catch (IOException e) {
            throw new ClusterException(
                    "Job jar '" + file + "' cannot be read: " + e.getMessage(), e);
        }
        String title = attribute(manifest, "Implementation-Title");
        String found = attribute(manifest, "Implementation-Version");
        if (!title.equals("Millrace job")) {
            throw new ClusterException(
                    "'" + file + "' is no " + NAME + ", which the build makes in job/rule/target.");
        }
        if (!found.equals(version)) {
            throw new ClusterException(
                    "Job jar '%s' has version %s and this command %s; both must be of one build."
                            .formatted(file, found, version));
        }
    }

    private static String attribute(Manifest manifest, String name) {
        String value = manifest == null ? null : manifest.getMainAttributes().getValue(name);
        return value == null ? "" : value;
    }

    /** As Flink's options name files. */
    public String url() {
        return file.toUri().toString();
    }
}
