package io.millrace.mqtt.source.journal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;

/**
 * A folder of one of Flink's file systems, of which HDFS keeps what {@link JournalStorage}
 * promises: its name node decides who creates a file, {@link FSDataOutputStream#sync} is its {@code
 * hsync}, and readers that open a file later see what that has written.
 */
final class FileSystemStorage implements JournalStorage {
    private final FileSystem files;
    private final Path folder;

    FileSystemStorage(FileSystem files, Path folder) {
        this.files = files;
        this.folder = folder;
    }

    @Override
    public String location() {
        return folder.toString();
    }

    @Override
    public boolean exists() throws IOException {
        return files.exists(folder) && files.getFileStatus(folder).isDir();
    }

    @Override
    public List<StoredFile> list() throws IOException {
        List<StoredFile> found = new ArrayList<>();
        for (FileStatus status : entries()) {
            if (!status.isDir()) {
                found.add(new StoredFile(status.getPath().getName(), status.getLen()));
            }
        }
        return found;
    }

    @Override
    public List<String> folders() throws IOException {
        List<String> names = new ArrayList<>();
        for (FileStatus status : entries()) {
            if (status.isDir()) {
                names.add(status.getPath().getName());
            }
        }
        return names;
    }

    private FileStatus[] entries() throws IOException {
        // For a missing folder some file systems give null and others throw.
        try {
            FileStatus[] entries = files.listStatus(folder);
            return entries == null ? new FileStatus[0] : entries;
        } catch (FileNotFoundException e) {
            return new FileStatus[0];
        }
    }

    @Override
    public JournalStorage folder(String name) {
        return new FileSystemStorage(files, new Path(folder, name));
    }

    @Override
    public Appender create(String name) throws IOException {
        Path file = new Path(folder, name);
        files.mkdirs(folder);
        try {
            return new FileSystemAppender(files.create(file, WriteMode.NO_OVERWRITE));
        } catch (IOException e) {
            // Each file system has an exception of its own for that.
            if (files.exists(file)) {
                FileAlreadyExistsException exists = new FileAlreadyExistsException(file.toString());
                exists.initCause(e);
                throw exists;
            }
            throw e;
        }
    }

    @Override
    public InputStream read(String name, long offset) throws IOException {
        FSDataInputStream in = files.open(new Path(folder, name));
        if (offset > 0) {
            in.seek(offset);
        }
        return in;
    }

    @Override
    public void delete(String name) throws IOException {
        Path file = new Path(folder, name);
        if (files.exists(file)) {
            files.delete(file, false);
        }
    }

    @Override
    public void deleteFolder() throws IOException {
        if (files.exists(folder) && entries().length == 0) {
            files.delete(folder, false);
        }
    }

    private record FileSystemAppender(FSDataOutputStream file) implements Appender {
        @Override
        public void append(byte[] bytes, int offset, int length) throws IOException {
            file.write(bytes, offset, length);
        }

        @Override
        public void sync() throws IOException {
            file.sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
