package io.millrace.cli.project;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of a new project. Passwords and tokens that are given as they are go into files of
 * their own, which only their owner can read and git does not keep; the settings refer to them.
 */
public final class NewProject {
    private static final String SECRETS = ".secrets/";
    private static final String BEGIN_OF_REFERENCE = "${";

    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, String> secrets = new LinkedHashMap<>();
    private final Connection mqtt;
    private final Connection tdengine;

    private NewProject(Connection mqtt, Connection tdengine) {
        this.mqtt = mqtt;
        this.tdengine = tdengine;
    }

    /**
     * Makes a project in memory.
     *
     * @param name the job's name
     * @param mqtt options of the broker's connection, as far as they are known
     * @param tdengine options of TDengine's connection, as far as they are known
     */
    public static NewProject of(
            String name, Map<String, String> mqtt, Map<String, String> tdengine) {
        NewProject project = new NewProject(Connection.mqtt(mqtt), Connection.tdengine(tdengine));
        project.add(name);
        return project;
    }

    private void add(String name) {
        files.put(
                "millrace.yaml",
                resource("millrace.yaml")
                        .replace("@name@", yaml(name))
                        .replace("@mqtt@", lines(mqtt))
                        .replace("@tdengine@", lines(tdengine)));
        files.put("schema.sql", resource("schema.sql"));
        files.put("sql/temp_hum.sql", resource("temp_hum.sql"));
        files.put(".gitignore", resource("gitignore"));
    }

    private String lines(Connection connection) {
        StringBuilder lines = new StringBuilder();
        for (Connection.Line line : connection.lines()) {
            String value = line.value();
            if (line.secret() && line.given() && !value.startsWith(BEGIN_OF_REFERENCE)) {
                String file = SECRETS + connection.name() + "-" + line.key();
                secrets.put(file, value);
                value = "${file:" + file + "}";
            }
            lines.append(lines.isEmpty() ? "" : "\n")
                    .append(line.comment() ? "    # " : "    ")
                    .append(line.key())
                    .append(": ")
                    .append(yaml(value));
        }
        return lines.toString();
    }

    /** A value as YAML writes it: in quotes if it could be taken for something else. */
    private static String yaml(String value) {
        return value.matches("[A-Za-z][\\w.:/@-]*|\\$\\{[\\w.:/-]+}")
                ? value
                : "'" + value.replace("'", "''") + "'";
    }

    private static String resource(String name) {
        try (InputStream resource = NewProject.class.getResourceAsStream(name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("The jar has no " + name, e);
        }
    }

    /** The names of all files, as they stand below the project's folder. */
    public List<String> names() {
        return List.copyOf(files.keySet());
    }

    /** The names of files with secrets. */
    public List<String> secretNames() {
        return List.copyOf(secrets.keySet());
    }

    /** Environment variables that the settings refer to. */
    public List<String> variables() {
        return List.of(mqtt, tdengine).stream().flatMap(c -> c.variables().stream()).toList();
    }

    /** Those of the files that are there already. */
    public List<String> existing(Path folder) {
        return files.keySet().stream().filter(name -> Files.exists(folder.resolve(name))).toList();
    }

    /** Writes all files. None may be there. */
    public void write(Path folder) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue(), StandardOpenOption.CREATE_NEW);
        }
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            Path path = folder.resolve(secret.getKey());
            Files.createDirectories(path.getParent());
            Files.deleteIfExists(path);
            ownerOnly(path);
            Files.writeString(path, secret.getValue() + "\n");
        }
    }

    private static void ownerOnly(Path path) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(
                    path,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        }
    }
}
