package io.millrace.mqtt.source.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What any storage must do. */
abstract class JournalStorageContract {
    @TempDir Path root;

    private JournalStorage storage;

    abstract JournalStorage open(Path folder);

    @BeforeEach
    void open() {
        storage = open(root.resolve("a b%/journal"));
    }

    @Test
    void aFolderThatIsNotThereIsEmpty() throws Exception {
        assertThat(storage.exists()).isFalse();
        assertThat(storage.list()).isEmpty();
        assertThat(storage.folders()).isEmpty();
        storage.delete("nothing");
        storage.deleteFolder();
    }

    @Test
    void aFileIsListedAsSoonAsItIsMade() throws Exception {
        try (JournalStorage.Appender file = storage.create("one")) {
            assertThat(storage.exists()).isTrue();
            assertThat(storage.list()).containsExactly(new JournalStorage.StoredFile("one", 0));
            append(file, "abc");
        }
        assertThat(storage.list()).containsExactly(new JournalStorage.StoredFile("one", 3));
        assertThat(Files.exists(root.resolve("a b%/journal/one"))).isTrue();
    }

    @Test
    void ofTwoThatMakeAFileOneFails() throws Exception {
        storage.create("one").close();

        assertThatThrownBy(() -> storage.create("one"))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void whatIsSyncedIsReadWhileTheWriterGoesOn() throws Exception {
        try (JournalStorage.Appender file = storage.create("one")) {
            append(file, "abc");
            assertThat(read("one", 0)).isEqualTo("abc");
            append(file, "def");
            assertThat(read("one", 0)).isEqualTo("abcdef");
            assertThat(read("one", 4)).isEqualTo("ef");
            assertThat(read("one", 6)).isEmpty();
        }
    }

    @Test
    void appendsAPartOfAnArrayHoweverLong() throws Exception {
        byte[] bytes = new byte[1_000_000];
        bytes[1] = 1;
        bytes[999_998] = 2;
        try (JournalStorage.Appender file = storage.create("one")) {
            file.append(bytes, 1, 999_998);
            file.sync();
        }
        try (var in = storage.read("one", 0)) {
            byte[] stored = in.readAllBytes();
            assertThat(stored).hasSize(999_998);
            assertThat(stored[0]).isEqualTo((byte) 1);
            assertThat(stored[999_997]).isEqualTo((byte) 2);
        }
    }

    @Test
    void foldersAndFilesAreApart() throws Exception {
        storage.folder("inner").create("one").close();
        storage.create("two").close();

        assertThat(storage.folders()).containsExactly("inner");
        assertThat(storage.list())
                .extracting(JournalStorage.StoredFile::name)
                .isEqualTo(List.of("two"));
    }

    @Test
    void deletesFilesAndEmptyFolders() throws Exception {
        storage.create("one").close();
        storage.deleteFolder();
        assertThat(storage.list()).hasSize(1);
        storage.delete("one");
        assertThat(storage.list()).isEmpty();
        storage.deleteFolder();
        assertThat(storage.exists()).isFalse();
    }

    private static void append(JournalStorage.Appender file, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        file.append(bytes, 0, bytes.length);
        file.sync();
    }

    private String read(String name, long offset) throws IOException {
        try (var in = storage.read(name, offset)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
