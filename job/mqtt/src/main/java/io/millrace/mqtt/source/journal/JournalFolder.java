package io.millrace.mqtt.source.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.common.References;
import io.millrace.mqtt.client.ClientIds;
import io.millrace.mqtt.source.JournalSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder {@code scan.journal.path}: one folder in it for each client id. Thread-safe, since it
 * is only asked.
 */
public final class JournalFolder {
    private static final Logger LOG = LoggerFactory.getLogger(JournalFolder.class);

    /** A file of this name tells that the session is over; when, its text tells. */
    static final String ENDED = "ended";

    /** The folder of claims in a journal's folder. */
    static final String ATTEMPTS = "attempts";

    private static final long SEGMENT_BYTES = 64 * 1024 * 1024;
    private static final int LONGEST_NAME = 200;

    private final JournalStorage root;
    private final Duration retention;
    private final String text;
    private final InstantSource clock;

    JournalFolder(JournalStorage root, Duration retention, String text, InstantSource clock) {
        this.root = root;
        this.retention = retention;
        this.text = text;
        this.clock = clock;
    }

    /**
     * The folder that the settings name on this machine.
     *
     * @throws JournalException if it cannot be used
     */
    public static JournalFolder of(JournalSettings settings) throws IOException {
        String resolved;
        try {
            resolved = References.resolve(settings.path());
        } catch (IllegalArgumentException e) {
            throw new JournalException("Option 'scan.journal.path': " + e.getMessage(), e);
        }
        String text =
                resolved.equals(settings.path())
                        ? "'" + resolved + "'"
                        : "'" + settings.path() + "', here '" + resolved + "'";
        return new JournalFolder(
                storage(resolved, text), settings.retention(), text, InstantSource.system());
    }

    private static JournalStorage storage(String resolved, String text) throws IOException {
        Path path = new Path(resolved);
        String scheme = path.toUri().getScheme();
        switch (scheme == null ? "" : scheme.toLowerCase(Locale.ROOT)) {
            case "file" -> {
                return new LocalStorage(java.nio.file.Path.of(path.getPath()));
            }
            case "hdfs" -> {
                try {
                    return new FileSystemStorage(FileSystem.get(path.toUri()), path);
                } catch (IOException e) {
                    throw new JournalException(
                            "Option 'scan.journal.path' is "
                                    + text
                                    + ", which cannot be reached: "
                                    + e.getMessage()
                                    + " Put Hadoop's classes on Flink's class path (HADOOP_CLASSPATH) and see that its name node is up.",
                            e);
                }
            }
            default ->
                    throw new JournalException(
                            "Option 'scan.journal.path' is "
                                    + text
                                    + "; allowed are file: and hdfs: folders, since others cannot make a message durable within milliseconds.");
        }
    }

    /**
     * Makes sure that the folder is there and can be written.
     *
     * @throws JournalException if not
     */
    public void check() throws IOException {
        if (!root.exists()) {
            // To make it here could hide that it was to be mounted.
            throw new JournalException(
                    "Option 'scan.journal.path' is "
                            + text
                            + ", and there is no such folder on this machine. Make it, or mount it: all machines that run the job must share it.");
        }
        String probe = "probe-" + UUID.randomUUID();
        try {
            root.create(probe).close();
            root.delete(probe);
        } catch (IOException e) {
            throw new JournalException(
                    "Option 'scan.journal.path' is "
                            + text
                            + ", and no file can be written there ("
                            + e
                            + "). Let the user that Flink runs as write in it.",
                    e);
        }
    }

    /**
     * Opens the journal of a session, as a new attempt.
     *
     * @param statePosition up to where the restored state has the messages; 0 if there is no state
     */
    public Journal open(String clientId, long statePosition) throws IOException {
        return Journal.open(
                root.folder(folderName(clientId)), clock, retention, SEGMENT_BYTES, statePosition);
    }

    /** Deletes the journals of sessions that ended longer ago than the retention. */
    public void deleteEnded() throws IOException {
        for (String name : root.folders()) {
            JournalStorage journal = root.folder(name);
            // Listed first: what a new attempt makes from now on stays, which will then find out
            // that what it read is gone, or its claim, and fail before it acknowledges anything.
            List<JournalStorage.StoredFile> claims = journal.folder(ATTEMPTS).list();
            List<JournalStorage.StoredFile> files = journal.list();
            boolean ended = files.stream().anyMatch(file -> file.name().equals(ENDED));
            if (ended && endedAt(journal) <= clock.millis() - retention.toMillis()) {
                delete(journal.folder(ATTEMPTS), claims);
                delete(journal, files);
                LOG.info("The journal '{}' was deleted: its session is over.", journal.location());
            }
        }
    }

    private static long endedAt(JournalStorage journal) throws IOException {
        try (var in = journal.read(ENDED, 0)) {
            String when = new String(in.readAllBytes(), UTF_8);
            // Its writer may have died before it wrote the time.
            return when.isEmpty() ? Long.MAX_VALUE : Long.parseLong(when);
        }
    }

    private static void delete(JournalStorage folder, List<JournalStorage.StoredFile> files)
            throws IOException {
        List<JournalStorage.StoredFile> order = new ArrayList<>(files);
        // The file that tells goes last, so that the rest is found again after a crash.
        order.sort((a, b) -> Boolean.compare(a.name().equals(ENDED), b.name().equals(ENDED)));
        for (JournalStorage.StoredFile file : order) {
            folder.delete(file.name());
        }
        folder.deleteFolder();
    }

    /** A client id as a name that any file system takes; ids that differ stay different. */
    static String folderName(String clientId) {
        StringBuilder name = new StringBuilder();
        for (byte b : clientId.getBytes(UTF_8)) {
            boolean plain =
                    b >= '0' && b <= '9'
                            || b >= 'A' && b <= 'Z'
                            || b >= 'a' && b <= 'z'
                            || b == '-'
                            || b == '_'
                            || b == '.' && !name.isEmpty();
            if (plain) {
                name.append((char) b);
            } else {
                name.append("=%02X".formatted(b));
            }
        }
        return name.length() <= LONGEST_NAME
                ? name.toString()
                : name.substring(0, LONGEST_NAME) + "=" + ClientIds.hash(clientId);
    }
}
