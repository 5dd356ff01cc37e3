package io.millrace.mqtt.source.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder of a mounted file system. What {@link JournalStorage} promises holds on a local disk and
 * on network file systems that do not cache folders; NFS must be mounted with {@code noac} or
 * {@code actimeo=0}.
 */
final class LocalStorage implements JournalStorage {
    /** The JDK copies each write into memory outside of the heap, and keeps that. */
    private static final int WRITE_BYTES = 256 * 1024;

    private final Path folder;

    LocalStorage(Path folder) {
        this.folder = folder;
    }

    @Override
    public String location() {
        return folder.toString();
    }

    @Override
    public boolean exists() {
        return Files.isDirectory(folder);
    }

    @Override
    public List<StoredFile> list() throws IOException {
        List<StoredFile> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                add(entry, files);
            }
        } catch (NoSuchFileException e) {
            return files;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return files;
    }

    private static void add(Path entry, List<StoredFile> files) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(entry, BasicFileAttributes.class);
            if (attributes.isRegularFile()) {
                files.add(new StoredFile(entry.getFileName().toString(), attributes.size()));
            }
        } catch (NoSuchFileException e) {
            // Deleted since the listing began.
        }
    }

    @Override
    public List<String> folders() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(folder, entry -> Files.isDirectory(entry))) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        } catch (NoSuchFileException e) {
            return names;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    @Override
    public JournalStorage folder(String name) {
        return new LocalStorage(folder.resolve(name));
    }

    @Override
    public Appender create(String name) throws IOException {
        makeFolder(folder);
        FileChannel file =
                FileChannel.open(
                        folder.resolve(name),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE);
        // The file's name is the folder's content.
        syncFolder(folder);
        return new LocalAppender(file);
    }

    private static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            makeFolder(folder.getParent());
            Files.createDirectories(folder);
            syncFolder(folder.getParent());
        }
    }

    private static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public InputStream read(String name, long offset) throws IOException {
        FileChannel file = FileChannel.open(folder.resolve(name), StandardOpenOption.READ);
        return Channels.newInputStream(file.position(offset));
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    @Override
    public void deleteFolder() throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // As promised.
        }
    }

    private record LocalAppender(FileChannel file) implements Appender {
        @Override
        public void append(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            int end = offset + length;
            for (int at = offset; at < end; at = buffer.position()) {
                buffer.limit(Math.min(end, at + WRITE_BYTES)).position(at);
                file.write(buffer);
            }
        }

        @Override
        public void sync() throws IOException {
            file.force(false);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
