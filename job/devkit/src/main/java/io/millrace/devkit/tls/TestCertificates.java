package io.millrace.devkit.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A self-signed certificate and its key, made with the JDK's keytool: as PEM files, and both
 * together in a PKCS #12 file.
 */
public record TestCertificates(Path certificate, Path key, Path store) {
    private static final char[] PASSWORD = "changeit".toCharArray();

    /** Makes one that is valid for 60 days. */
    public static TestCertificates forHost(Path folder, String name, String host)
            throws IOException, GeneralSecurityException, InterruptedException {
        return forHost(folder, name, host, 60);
    }

    /**
     * Makes one.
     *
     * @param folder where its files go
     * @param name of the files, and of whom the certificate is about
     * @param host whose name a client may find in it
     * @param days so long it is valid from now on
     */
    public static TestCertificates forHost(Path folder, String name, String host, int days)
            throws IOException, GeneralSecurityException, InterruptedException {
        Path store = folder.resolve(name + ".p12");
        Process keytool =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                                .toString(),
                                        "-genkeypair",
                                        "-alias",
                                        name,
                                        "-keyalg",
                                        "EC",
                                        "-dname",
                                        "CN=" + name,
                                        "-ext",
                                        "san=dns:" + host,
                                        "-ext",
                                        "bc:c",
                                        "-validity",
                                        String.valueOf(days),
                                        "-storetype",
                                        "PKCS12",
                                        "-keystore",
                                        store.toString(),
                                        "-storepass",
                                        new String(PASSWORD)))
                        .inheritIO()
                        .start();
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException("keytool failed");
        }
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        return new TestCertificates(
                write(
                        folder.resolve(name + ".pem"),
                        "CERTIFICATE",
                        keys.getCertificate(name).getEncoded()),
                write(
                        folder.resolve(name + ".key"),
                        "PRIVATE KEY",
                        keys.getKey(name, PASSWORD).getEncoded()),
                store);
    }

    /** Opens the PKCS #12 file. */
    public static char[] password() {
        return PASSWORD.clone();
    }

    private static Path write(Path file, String what, byte[] bytes) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return Files.writeString(
                file, "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n");
    }
}
