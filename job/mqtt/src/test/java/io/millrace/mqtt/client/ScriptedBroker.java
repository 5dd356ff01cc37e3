package io.millrace.mqtt.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Takes one client at a time and says to it what the test wants, byte for byte. */
final class ScriptedBroker implements AutoCloseable {
    /** CONNACK of MQTT 5 that accepts, without properties. */
    static final String ACCEPT = "20 03 00 00 00";

    private final ServerSocket listener;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private volatile CompletableFuture<Socket> client = new CompletableFuture<>();
    private volatile byte[] answer;
    private volatile boolean hangingUp;

    ScriptedBroker() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::run, "scripted-broker");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    String url() {
        return "tcp://127.0.0.1:" + port();
    }

    /** What to say as soon as the client has said anything. */
    ScriptedBroker answerHex(String hex) {
        answer = bytes(hex);
        return this;
    }

    ScriptedBroker answer(String text) {
        answer = text.getBytes(ISO_8859_1);
        return this;
    }

    /** Hangs up after the answer. */
    ScriptedBroker hangingUp() {
        hangingUp = true;
        return this;
    }

    /** Says something. */
    void say(String hex) throws Exception {
        OutputStream out = client.get(10, TimeUnit.SECONDS).getOutputStream();
        out.write(bytes(hex));
        out.flush();
    }

    /** All that the client has said since the last call. */
    String heard() {
        synchronized (heard) {
            String hex = HexFormat.ofDelimiter(" ").formatHex(heard.toByteArray());
            heard.reset();
            return hex;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        if (client.isDone()) {
            client.join().close();
        }
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private void run() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                socket.setTcpNoDelay(true);
                InputStream in = socket.getInputStream();
                byte[] chunk = new byte[64 * 1024];
                boolean first = true;
                for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                    synchronized (heard) {
                        heard.write(chunk, 0, n);
                    }
                    if (first) {
                        socket.getOutputStream().write(answer);
                        client.complete(socket);
                        first = false;
                    }
                    // At DISCONNECT in any case.
                    if (hangingUp || n >= 2 && chunk[n - 2] == (byte) 0xE0 && chunk[n - 1] == 0) {
                        break;
                    }
                }
            } catch (IOException e) {
                // The client went away.
            }
            client = new CompletableFuture<>();
        }
    }
}
