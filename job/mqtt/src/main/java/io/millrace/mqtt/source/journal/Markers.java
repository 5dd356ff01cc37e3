package io.millrace.mqtt.source.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Keeps the position up to which a completed checkpoint covers the journal, for a job that starts
 * without state. Each time in a file of its own, since not all file systems replace a file
 * atomically: the newest whole one counts. Version 1, big-endian: version (4), position (8), when
 * it was written in milliseconds since 1970 (8), CRC-32C of that (4). Not thread-safe.
 */
final class Markers {
    private static final int VERSION = 1;
    private static final int LENGTH = 24;
    private static final Pattern FORM = Pattern.compile("(\\d{10,})-(\\d{10,})\\.marker");

    /**
     * @param position 0 if no checkpoint has covered anything
     * @param writtenAt in milliseconds since 1970
     */
    record Marker(long position, long writtenAt) {
        static final Marker NONE = new Marker(0, 0);
    }

    private record Name(long attempt, long sequence) {
        static final Comparator<Name> ORDER =
                Comparator.comparingLong(Name::attempt).thenComparingLong(Name::sequence);

        String file() {
            return "%010d-%010d.marker".formatted(attempt, sequence);
        }
    }

    private final JournalStorage storage;
    private final long attempt;
    private final List<Name> older;
    private long sequence;

    private Markers(JournalStorage storage, long attempt, List<Name> older) {
        this.storage = storage;
        this.attempt = attempt;
        this.older = older;
    }

    /** For an attempt, which writes behind all that there are. */
    static Markers of(JournalStorage storage, long attempt) throws IOException {
        return new Markers(storage, attempt, names(storage));
    }

    /** The newest marker of a journal. */
    static Marker newest(JournalStorage storage) throws IOException {
        List<Name> names = names(storage);
        for (int i = names.size() - 1; i >= 0; i--) {
            byte[] bytes;
            try (var in = storage.read(names.get(i).file(), 0)) {
                bytes = in.readNBytes(LENGTH);
            }
            ByteBuffer values = ByteBuffer.wrap(bytes);
            if (bytes.length == LENGTH
                    && values.getInt(LENGTH - 4) == crc(bytes)
                    && values.getInt() == VERSION) {
                return new Marker(values.getLong(), values.getLong());
            }
        }
        return Marker.NONE;
    }

    /** When this returns, the marker is durable. */
    void write(Marker marker) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
        bytes.putInt(VERSION).putLong(marker.position()).putLong(marker.writtenAt());
        bytes.putInt(crc(bytes.array()));
        Name name = new Name(attempt, ++sequence);
        try (JournalStorage.Appender file = storage.create(name.file())) {
            file.append(bytes.array(), 0, LENGTH);
            file.sync();
        }
        for (Name old : older) {
            storage.delete(old.file());
        }
        older.clear();
        older.add(name);
    }

    private static List<Name> names(JournalStorage storage) throws IOException {
        List<Name> names = new ArrayList<>();
        for (JournalStorage.StoredFile file : storage.list()) {
            Matcher matcher = FORM.matcher(file.name());
            if (matcher.matches()) {
                names.add(
                        new Name(
                                Long.parseLong(matcher.group(1)),
                                Long.parseLong(matcher.group(2))));
            }
        }
        names.sort(Name.ORDER);
        return names;
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, LENGTH - 4);
        return (int) crc.getValue();
    }
}
