package io.millrace.mqtt.source.journal;

import java.nio.file.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

class FileSystemJournalTest extends JournalContract {
    @Override
    JournalStorage storage(Path folder) {
        return new FileSystemStorage(
                LocalFileSystem.getSharedInstance(),
                new org.apache.flink.core.fs.Path(folder.toString()));
    }
}
