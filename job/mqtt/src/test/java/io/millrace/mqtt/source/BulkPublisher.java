package io.millrace.mqtt.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;

/** Publishes many QoS 1 messages quickly: MQTT 3.1.1, a few hundred on their way at a time. */
final class BulkPublisher {
    private static final int WINDOW = 500;

    // Client id "pub", clean session, no keep-alive.
    private static final byte[] CONNECT = {
        0x10, 15, 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 0, 0, 3, 'p', 'u', 'b'
    };

    private BulkPublisher() {}

    /** Publishes the numbers from 0 on to a topic; the broker has all when this returns. */
    static void publish(int port, String topic, int count) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            DataOutputStream out =
                    new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
            DataInputStream in =
                    new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            out.write(CONNECT);
            out.flush();
            // CONNACK and PUBACK take four bytes each.
            in.readInt();
            byte[] name = topic.getBytes(UTF_8);
            int acknowledged = 0;
            for (int i = 0; i < count; i++) {
                byte[] payload = String.valueOf(i).getBytes(UTF_8);
                out.write(0x32);
                out.write(2 + name.length + 2 + payload.length);
                out.writeShort(name.length);
                out.write(name);
                out.writeShort(i % 65_535 + 1);
                out.write(payload);
                if ((i + 1) % WINDOW == 0 || i + 1 == count) {
                    out.flush();
                    for (; acknowledged <= i; acknowledged++) {
                        in.readInt();
                    }
                }
            }
        }
    }
}
