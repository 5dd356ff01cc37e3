package io.millrace.mqtt.source.journal;

import static io.millrace.mqtt.source.journal.JournalMessages.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.mqtt.source.JournalSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFolderTest {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir Path root;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void eachClientIdHasAFolderOfItsOwn() throws Exception {
        JournalFolder folder = JournalFolder.of(new JournalSettings("file:" + root, DAY));
        folder.check();
        folder.open("plant-3f2a01bc-0", 0).close();
        folder.open("Werk/ü", 0).close();

        assertThat(root.resolve("plant-3f2a01bc-0/attempts/0000000001")).exists();
        assertThat(root.resolve("Werk=2F=C3=BC/attempts/0000000001")).exists();
    }

    @Test
    void namesOfFoldersAreSafeAndDiffer() {
        assertThat(JournalFolder.folderName("..")).isEqualTo("=2E.");
        assertThat(JournalFolder.folderName("a=b")).isEqualTo("a=3Db");
        assertThat(JournalFolder.folderName("x".repeat(500) + "1"))
                .hasSizeLessThan(255)
                .isNotEqualTo(JournalFolder.folderName("x".repeat(500) + "2"));
    }

    @Test
    void referencesAreResolvedWhereThePathIsOpened() throws Exception {
        Path secret = Files.writeString(root.resolve("place"), root + "/journal\n");
        Files.createDirectory(root.resolve("journal"));
        JournalFolder folder =
                JournalFolder.of(new JournalSettings("file:${file:" + secret + "}", DAY));
        folder.check();
        folder.open("c", 0).close();

        assertThat(root.resolve("journal/c")).exists();
        assertThatThrownBy(
                        () ->
                                JournalFolder.of(
                                        new JournalSettings("file:${env.NOT_SET_HERE}", DAY)))
                .hasMessageContaining("Option 'scan.journal.path'")
                .hasMessageContaining("NOT_SET_HERE");
    }

    @Test
    void otherFileSystemsAreRefused() {
        assertThatThrownBy(() -> JournalFolder.of(new JournalSettings("s3://bucket/j", DAY)))
                .hasMessageContaining("Option 'scan.journal.path' is 's3://bucket/j'")
                .hasMessageContaining("allowed are file: and hdfs: folders");
    }

    @Test
    void aFileSystemThatIsNotThereSaysWhatItNeeds() {
        assertThatThrownBy(
                        () -> JournalFolder.of(new JournalSettings("hdfs://nowhere/journal", DAY)))
                .hasMessageContaining("Option 'scan.journal.path' is 'hdfs://nowhere/journal'")
                .hasMessageContaining("HADOOP_CLASSPATH");
    }

    @Test
    void aFolderThatCannotBeWrittenIsAnError() throws Exception {
        // A file where the folder should be; permissions mean nothing to root.
        Path file = Files.createFile(root.resolve("file"));
        assertThatThrownBy(() -> JournalFolder.of(new JournalSettings("file:" + file, DAY)).check())
                .hasMessageContaining("no such folder on this machine");
        // In there, nobody makes files.
        JournalFolder system = JournalFolder.of(new JournalSettings("file:/proc", DAY));
        assertThatThrownBy(system::check)
                .hasMessageContaining("Option 'scan.journal.path' is 'file:/proc', and no file can")
                .hasMessageContaining("Let the user that Flink runs as write in it");
    }

    @Test
    void theJournalOfASessionThatEndedIsDeletedInTime() throws Exception {
        JournalFolder folder = new JournalFolder(new LocalStorage(root), DAY, "", () -> now);
        try (Journal journal = folder.open("over", 0)) {
            write(journal, 3);
            journal.covered(3);
            journal.end();
        }
        try (Journal journal = folder.open("alive", 0)) {
            write(journal, 3);
        }
        now = now.plus(DAY).minusMillis(1);
        folder.deleteEnded();
        assertThat(root.resolve("over")).exists();
        now = now.plusMillis(1);
        folder.deleteEnded();

        assertThat(root.resolve("over")).doesNotExist();
        assertThat(root.resolve("alive")).isNotEmptyDirectory();
        assertThatCode(folder::deleteEnded).doesNotThrowAnyException();
    }

    @Test
    void aSessionThatIsWantedAgainKeepsItsJournal() throws Exception {
        JournalFolder folder = new JournalFolder(new LocalStorage(root), DAY, "", () -> now);
        try (Journal journal = folder.open("back", 0)) {
            write(journal, 3);
            journal.end();
        }
        folder.open("back", 3).close();
        now = now.plus(DAY);
        folder.deleteEnded();

        assertThat(root.resolve("back")).isNotEmptyDirectory();
    }
}
