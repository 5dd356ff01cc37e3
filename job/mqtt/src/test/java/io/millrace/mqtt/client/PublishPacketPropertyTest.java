package io.millrace.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class PublishPacketPropertyTest {
    @Property(tries = 300)
    void nettysDecoderReadsWhatWasWritten(
            @ForAll("messages") OutgoingMessage message,
            @ForAll ProtocolVersion version,
            @ForAll @IntRange(min = 1, max = 65_535) int packetId) {
        ByteBuf bytes = Unpooled.buffer();
        PublishPacket packet = new PublishPacket(message, version);
        packet.writeHead(bytes, packetId);
        bytes.writeBytes(message.payload());

        assertThat(packet.length()).isEqualTo(bytes.readableBytes());
        MqttPublishMessage read = read(bytes, version);
        assertThat(read.variableHeader().topicName()).isEqualTo(message.topic());
        assertThat(read.fixedHeader().qosLevel().value()).isEqualTo(message.qos());
        assertThat(read.fixedHeader().isRetain()).isEqualTo(message.retain());
        assertThat(read.fixedHeader().isDup()).isFalse();
        if (message.qos() > 0) {
            assertThat(read.variableHeader().packetId()).isEqualTo(packetId);
        }
        byte[] payload = new byte[read.payload().readableBytes()];
        read.payload().readBytes(payload);
        assertThat(payload).isEqualTo(message.payload());
        if (version == ProtocolVersion.V5) {
            assertSame(
                    Packets.messageProperties(read.variableHeader().properties()),
                    message.properties());
        }
        read.release();
    }

    private static void assertSame(MessageProperties read, MessageProperties written) {
        assertThat(read.userProperties()).isEqualTo(written.userProperties());
        assertThat(read.contentType()).isEqualTo(written.contentType());
        assertThat(read.responseTopic()).isEqualTo(written.responseTopic());
        assertThat(read.correlationData()).isEqualTo(written.correlationData());
        assertThat(read.messageExpiry()).isEqualTo(written.messageExpiry());
    }

    private static MqttPublishMessage read(ByteBuf bytes, ProtocolVersion version) {
        EmbeddedChannel channel = new EmbeddedChannel(new MqttDecoder(1 << 28));
        channel.writeInbound(connect(version));
        channel.releaseInbound();
        channel.writeInbound(bytes);
        return channel.readInbound();
    }

    /** The decoder learns the version of it. */
    private static ByteBuf connect(ProtocolVersion version) {
        MqttConnectMessage connect =
                MqttMessageBuilders.connect()
                        .clientId("c")
                        .protocolVersion(
                                version == ProtocolVersion.V5
                                        ? MqttVersion.MQTT_5
                                        : MqttVersion.MQTT_3_1_1)
                        .build();
        EmbeddedChannel encoder = new EmbeddedChannel(MqttEncoder.INSTANCE);
        encoder.writeOutbound(connect);
        return encoder.readOutbound();
    }

    @Provide
    Arbitrary<OutgoingMessage> messages() {
        Arbitrary<String> texts =
                Arbitraries.strings()
                        .withCharRange('a', 'z')
                        .withChars('ä', '€', ' ', '/')
                        .ofMaxLength(300);
        Arbitrary<String> topics = texts.map(text -> "t" + text);
        Arbitrary<byte[]> payloads =
                Arbitraries.bytes().array(byte[].class).ofMinSize(0).ofMaxSize(20_000);
        Arbitrary<List<Map.Entry<String, String>>> properties =
                Combinators.combine(texts, texts)
                        .as((name, value) -> Map.entry(name, value))
                        .list()
                        .ofMaxSize(4);
        Arbitrary<Long> expiries = Arbitraries.longs().between(0, 0xFFFF_FFFFL).injectNull(0.5);
        return Combinators.combine(
                        topics,
                        payloads,
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.of(true, false),
                        properties,
                        texts.injectNull(0.5),
                        topics.injectNull(0.5),
                        expiries)
                .as(
                        (topic, payload, qos, retain, user, type, response, expiry) -> {
                            OutgoingMessage.Builder message =
                                    OutgoingMessage.to(topic)
                                            .payload(payload)
                                            .qos(qos)
                                            .retain(retain)
                                            .contentType(type)
                                            .responseTopic(response)
                                            .correlationData(type == null ? null : payload)
                                            .messageExpiry(expiry);
                            user.forEach(
                                    property ->
                                            message.userProperty(
                                                    property.getKey(), property.getValue()));
                            return message.build();
                        });
    }
}
