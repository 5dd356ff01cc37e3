package io.millrace.benchmark.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.Semaphore;

/**
 * Publishes as fast as a broker takes it, over one connection and MQTT 3.1.1. The packets are
 * written by hand: a client library would take a multiple of the broker's own time.
 */
final class Loader {
    private static final int WINDOW = 5_000;
    private static final int DEVICES = 100;

    private Loader() {}

    /** Publishes messages of about 40 bytes to {@code devices/N/temp_hum}, QoS 0 or 1. */
    static void publish(int port, int qos, int count) throws IOException, InterruptedException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            DataOutputStream out =
                    new DataOutputStream(
                            new BufferedOutputStream(socket.getOutputStream(), 65_536));
            DataInputStream in =
                    new DataInputStream(new BufferedInputStream(socket.getInputStream(), 65_536));
            connect(out, in);
            Semaphore window = new Semaphore(WINDOW);
            Thread acks = new Thread(() -> readAcks(in, window), "loader-acks");
            acks.setDaemon(true);
            acks.start();
            for (int i = 0; i < count; i++) {
                if (qos > 0 && !window.tryAcquire()) {
                    out.flush();
                    window.acquire();
                }
                write(out, i, qos);
            }
            out.flush();
            if (qos > 0) {
                window.acquire(WINDOW);
            }
            out.write(new byte[] {(byte) 0xE0, 0});
            out.flush();
            socket.shutdownOutput();
            acks.join(10_000);
        }
    }

    private static void connect(DataOutputStream out, DataInputStream in) throws IOException {
        byte[] id = "loader".getBytes(UTF_8);
        out.write(new byte[] {0x10, (byte) (12 + id.length)});
        out.writeUTF("MQTT");
        out.write(new byte[] {4, 2, 0, 0});
        out.writeShort(id.length);
        out.write(id);
        out.flush();
        in.readInt();
    }

    private static void write(DataOutputStream out, int number, int qos) throws IOException {
        byte[] topic = ("devices/c" + number % DEVICES + "/temp_hum").getBytes(UTF_8);
        byte[] payload = ("{\"temp\":23.4,\"hum\":45.6,\"seq\":" + number + "}").getBytes(UTF_8);
        out.write(0x30 | qos << 1);
        // Below 128, so one byte is enough.
        out.write(2 + topic.length + (qos > 0 ? 2 : 0) + payload.length);
        out.writeShort(topic.length);
        out.write(topic);
        if (qos > 0) {
            out.writeShort(number % 65_535 + 1);
        }
        out.write(payload);
    }

    private static void readAcks(DataInputStream in, Semaphore window) {
        try {
            while (true) {
                in.readInt();
                window.release();
            }
        } catch (IOException e) {
            // The end of the connection.
        }
    }
}
