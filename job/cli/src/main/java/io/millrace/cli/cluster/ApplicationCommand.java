package io.millrace.cli.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command of Flink's that starts rules as an application of their own: the JobManager plans
 * them and runs nothing else. Immutable.
 *
 * @param words the script and its arguments
 */
public record ApplicationCommand(List<String> words) {
    /** Where an image or a ConfigMap holds rules and settings. */
    public static final String FOLDER_IN_IMAGE = "/opt/millrace";

    private static final String JAR_IN_IMAGE = "local:///opt/flink/usrlib/millrace-job.jar";
    private static final String CLUSTER_ID = "kubernetes.cluster-id";
    private static final String IMAGE = "kubernetes.container.image.ref";
    private static final String POD_TEMPLATE = "kubernetes.pod-template-file.default";
    private static final int LONGEST_CLUSTER_ID = 45;

    /**
     * On this machine: a JobManager for this job. TaskManagers are started beside it.
     *
     * @param flink options for the JobManager and the job
     */
    static ApplicationCommand standalone(
            FlinkHome home, SubmitRequest request, JobJar jar, Map<String, String> flink) {
        List<String> words = new ArrayList<>();
        words.add(home.script("standalone-job.sh").toString());
        words.add("start");
        // The script reads memory sizes up to the first argument that it does not know.
        options(flink, words, "-D");
        request.savepoint().ifPresent(path -> words.addAll(List.of("--fromSavepoint", path)));
        words.addAll(List.of("--jars", jar.url()));
        // Takes one value, unlike the option before: what follows belongs to the program.
        words.addAll(List.of("--job-classname", JobJar.ENTRY_CLASS));
        words.addAll(
                program(
                        request.files().stream().map(ApplicationCommand::absolute),
                        request.settingsFile().map(ApplicationCommand::absolute),
                        request.jobName()));
        return new ApplicationCommand(words);
    }

    /**
     * On Kubernetes: pods for this job, made by Flink's own client.
     *
     * @param image that holds {@code millrace-job.jar} in {@code /opt/flink/usrlib}
     * @param podTemplate a file that mounts a ConfigMap with rules and settings; without it the
     *     image holds them, by the paths that they have here
     */
    static ApplicationCommand kubernetes(
            FlinkHome home,
            SubmitRequest request,
            Optional<String> image,
            Optional<Path> podTemplate,
            Map<String, String> flink) {
        Map<String, String> options = new TreeMap<>(flink);
        options.putIfAbsent(CLUSTER_ID, clusterId(request.jobName()));
        image.ifPresent(name -> options.put(IMAGE, name));
        podTemplate.ifPresent(file -> options.put(POD_TEMPLATE, file.toString()));
        if (!options.containsKey(IMAGE)) {
            throw new ClusterException(
                    "Which image? --image names one that holds millrace-job.jar in"
                            + " /opt/flink/usrlib; deploy/ shows how to build it.");
        }
        List<String> words = new ArrayList<>();
        words.add(home.script("flink").toString());
        words.addAll(List.of("run", "-t", "kubernetes-application"));
        options(options, words, "-D");
        request.savepoint().ifPresent(path -> words.addAll(List.of("-s", path)));
        words.addAll(List.of("-c", JobJar.ENTRY_CLASS, JAR_IN_IMAGE));
        boolean flat = podTemplate.isPresent();
        words.addAll(
                program(
                        request.files().stream().map(file -> inImage(file, flat)),
                        request.settingsFile().map(file -> inImage(file, flat)),
                        request.jobName()));
        return new ApplicationCommand(words);
    }

    private static void options(Map<String, String> options, List<String> words, String prefix) {
        new TreeMap<>(options).forEach((key, value) -> words.add(prefix + key + "=" + value));
    }

    private static List<String> program(
            Stream<String> files, Optional<String> settings, String name) {
        List<String> words = new ArrayList<>(files.toList());
        settings.ifPresent(file -> words.addAll(List.of("--settings", file)));
        words.addAll(List.of("--name", name));
        return words;
    }

    private static String absolute(Path file) {
        return file.toAbsolutePath().normalize().toString();
    }

    private static String inImage(Path file, boolean flat) {
        Path path = flat ? file.getFileName() : file.normalize();
        if (path.isAbsolute() || path.startsWith("..")) {
            throw new ClusterException(
                    "'%s' is outside of the working directory, so its place in the image is not known. Start this in the project's folder, whose files the image holds in %s; or use --config-map."
                            .formatted(file, FOLDER_IN_IMAGE));
        }
        return FOLDER_IN_IMAGE + "/" + path.toString().replace('\\', '/');
    }

    /** A name as Kubernetes allows it. */
    static String clusterId(String jobName) {
        String plain =
                jobName.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^[-0-9]+|-+$", "");
        String whole = plain.isEmpty() ? "millrace" : plain;
        return whole.length() <= LONGEST_CLUSTER_ID
                ? whole
                : whole.substring(0, LONGEST_CLUSTER_ID).replaceAll("-+$", "");
    }

    /** A pod template that mounts a ConfigMap where rules and settings are looked for. */
    static String podTemplate(String configMap) {
        return """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: millrace
                spec:
                  containers:
                    - name: flink-main-container
                      volumeMounts:
                        - name: millrace-rules
                          mountPath: %s
                          readOnly: true
                  volumes:
                    - name: millrace-rules
                      configMap:
                        name: %s
                """
                .formatted(FOLDER_IN_IMAGE, configMap);
    }

    /** The command that makes the ConfigMap. */
    static String configMapCommand(String configMap, SubmitRequest request) {
        return Stream.concat(request.files().stream(), request.settingsFile().stream())
                .map(file -> "--from-file=" + ShellWord.of(file.toString()))
                .collect(
                        Collectors.joining(" ", "kubectl create configmap " + configMap + " ", ""));
    }

    /** The command as one would type it. */
    @Override
    public String toString() {
        return words.stream()
                .map(ShellWord::of)
                .collect(Collectors.joining(" \\" + System.lineSeparator() + "    "));
    }
}
