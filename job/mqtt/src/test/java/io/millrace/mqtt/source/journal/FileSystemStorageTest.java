package io.millrace.mqtt.source.journal;

import java.nio.file.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

/** Flink's local file system stands in for HDFS, which is written to in the same way. */
class FileSystemStorageTest extends JournalStorageContract {
    @Override
    JournalStorage open(Path folder) {
        return new FileSystemStorage(
                LocalFileSystem.getSharedInstance(),
                new org.apache.flink.core.fs.Path(folder.toString()));
    }
}
