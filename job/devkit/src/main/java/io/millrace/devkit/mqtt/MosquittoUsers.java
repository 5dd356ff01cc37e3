package io.millrace.devkit.mqtt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Users of a {@link Mosquitto}, with passwords and what they may read and write: nobody else is let
 * in. For tests; not thread-safe.
 */
public final class MosquittoUsers {
    private static final int ITERATIONS = 101;
    private static final int SALT_BYTES = 12;
    private static final int HASH_BITS = 512;

    private final Path folder;
    private final List<String> passwords = new ArrayList<>();
    private final List<String> rights = new ArrayList<>();

    /** Nobody yet; the files go into this folder. */
    public MosquittoUsers(Path folder) {
        this.folder = folder;
    }

    /**
     * Adds a user.
     *
     * @param topics lines of an access file, such as {@code topic read devices/#}
     */
    public MosquittoUsers add(String name, String password, String... topics) {
        passwords.add(name + ":" + hash(password));
        rights.add("user " + name);
        rights.addAll(List.of(topics));
        return this;
    }

    /** The configuration lines that make a broker ask. */
    public String[] lines() throws IOException {
        Path passwordFile = Files.write(folder.resolve("passwords"), passwords);
        Path accessFile = Files.write(folder.resolve("access"), rights);
        return new String[] {
            "allow_anonymous false", "password_file " + passwordFile, "acl_file " + accessFile
        };
    }

    /** As {@code mosquitto_passwd} does. */
    private static String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        try {
            byte[] hash =
                    SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                            .generateSecret(
                                    new PBEKeySpec(
                                            password.toCharArray(), salt, ITERATIONS, HASH_BITS))
                            .getEncoded();
            Base64.Encoder base64 = Base64.getEncoder();
            return "$7$%d$%s$%s"
                    .formatted(
                            ITERATIONS, base64.encodeToString(salt), base64.encodeToString(hash));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Each Java knows PBKDF2", e);
        }
    }
}
