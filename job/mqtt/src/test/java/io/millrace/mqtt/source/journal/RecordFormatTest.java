package io.millrace.mqtt.source.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.mqtt.client.MessageProperties;
import io.millrace.mqtt.client.ReceivedMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFormatTest {
    private static final SegmentName NAME = new SegmentName(7, 101, 1_767_225_600_000L);
    private static final SegmentHeader HEADER = new SegmentHeader(0x0badcafe, NAME, 100, 1);
    private static final ReceivedMessage PLAIN =
            new ReceivedMessage(
                    0,
                    0,
                    "a/b",
                    "21.5".getBytes(UTF_8),
                    1,
                    false,
                    false,
                    1_767_225_600_123L,
                    MessageProperties.NONE,
                    101);
    private static final ReceivedMessage FULL =
            new ReceivedMessage(
                    0,
                    0,
                    "ü",
                    new byte[0],
                    1,
                    true,
                    true,
                    5,
                    new MessageProperties(
                            List.of(Map.entry("k", "v"), Map.entry("k", "")),
                            "text/plain",
                            "r",
                            new byte[] {-1},
                            4_294_967_295L),
                    102);

    private static final String VERSION_1 =
            "4d494c4c4a524e4c000000010badcafe00000000000000070000000000000065"
                    + "000000000000006400000000000000010000019b76daa800a675f9750badcafe"
                    + "00000028364303200000000000000065000000000000003c0000019b76daa87b"
                    + "0100000003612f620000000432312e350badcafe0000005be8c888a100000000"
                    + "00000066000000000000003c00000000000000051d00000002c3bc000000000f"
                    + "0000000a746578742f706c61696e000000017200000001ff00000000ffffffff"
                    + "00000002000000016b0000000176000000016b00000000";

    @TempDir Path folder;

    @Test
    void holdsTheBytesOfVersion1() throws Exception {
        assertThat(HexFormat.of().formatHex(file())).isEqualTo(VERSION_1);
    }

    @Test
    void readsVersion1() throws Exception {
        Files.write(folder.resolve(NAME.file()), HexFormat.of().parseHex(VERSION_1));

        try (SegmentReader reader = SegmentReader.open(new LocalStorage(folder), NAME)) {
            assertThat(reader.header()).isEqualTo(HEADER);
            assertSame(reader.next(), PLAIN, 60);
            assertSame(reader.next(), FULL, 60);
            assertThat(reader.next()).isNull();
            assertThat(reader.offset()).isEqualTo(VERSION_1.length() / 2);
        }
    }

    @Test
    void refusesALaterVersion() throws Exception {
        byte[] bytes = HexFormat.of().parseHex(VERSION_1);
        bytes[11] = 2;
        Files.write(folder.resolve(NAME.file()), bytes);

        assertThatThrownBy(() -> SegmentReader.open(new LocalStorage(folder), NAME))
                .hasMessageContaining(NAME.file())
                .hasMessageContaining(
                        "version 2 of the journal's format and this release reads version 1");
    }

    @Test
    void namesTellWhatIsInAFile() {
        assertThat(NAME.file()).isEqualTo("0000000007-0000000000000000101-1767225600000.journal");
        assertThat(SegmentName.parse(NAME.file())).contains(NAME);
        assertThat(SegmentName.parse("0000000007-0000000042.marker")).isEmpty();
    }

    @Property(tries = 200)
    void readsWhatItWrote(
            @ForAll String topic,
            @ForAll byte[] payload,
            @ForAll boolean retained,
            @ForAll boolean repeated,
            @ForAll @IntRange(max = 1) int qos,
            @ForAll @Size(max = 5) List<String> texts,
            @ForAll long receivedAt) {
        // What UTF-8 cannot express, MQTT cannot carry.
        String sent = new String(topic.getBytes(UTF_8), UTF_8);
        List<String> values =
                texts.stream().map(text -> new String(text.getBytes(UTF_8), UTF_8)).toList();
        MessageProperties properties =
                new MessageProperties(
                        values.stream().map(value -> Map.entry(value, value + "!")).toList(),
                        values.isEmpty() ? null : values.get(0),
                        values.size() < 2 ? null : values.get(1),
                        values.size() < 3 ? null : payload,
                        values.size() < 4 ? null : receivedAt);
        ReceivedMessage message =
                new ReceivedMessage(
                        0, 0, sent, payload, qos, retained, repeated, receivedAt, properties, 9);
        RecordEncoder encoder = new RecordEncoder(1);
        encoder.add(message, 9, 60);

        assertSame(
                RecordDecoder.decode(
                        Arrays.copyOfRange(encoder.array(), RecordEncoder.HEAD, encoder.length())),
                message,
                60);
    }

    private byte[] file() throws Exception {
        JournalStorage storage = new LocalStorage(folder);
        try (SegmentWriter writer = SegmentWriter.create(storage, HEADER)) {
            writer.append(PLAIN, 101);
            writer.append(FULL, 102);
            writer.sync();
        }
        return Files.readAllBytes(folder.resolve(NAME.file()));
    }

    private static void assertSame(
            RecordDecoder.Entry entry, ReceivedMessage expected, long synced) {
        assertThat(entry.synced()).isEqualTo(synced);
        assertThat(entry.message()).usingRecursiveComparison().isEqualTo(expected);
    }
}
