package io.millrace.functions.library;

import io.millrace.functions.value.Bytes;
import io.millrace.functions.value.Described;
import io.millrace.functions.value.FunctionException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Function;

/** The group {@code hash}. Answers are hexadecimal digits in lower case. */
final class HashFunctions {
    private static final Parameter DATA = Parameter.of("data", Kind.BYTES);

    /** Names that EMQX knows and that it, or Java, has no hash for. */
    private static final Set<String> NO_HASH =
            Set.of("", "adler32", "crc32", "md4", "ripemd160", "shake128", "shake256", "hmac");

    private static final String ALLOWED =
            "'md5', 'sha' or 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha3_224', 'sha3_256',"
                    + " 'sha3_384', 'sha3_512', 'blake2b' and 'blake2s'";

    /** Digests bytes. */
    @FunctionalInterface
    private interface Digest {
        byte[] of(byte[] data);
    }

    private final FunctionGroup group;

    private HashFunctions(FunctionGroup group) {
        this.group = group;
    }

    static void define(Function<String, FunctionGroup> library) {
        new HashFunctions(library.apply("hash")).define();
    }

    private void define() {
        fixed("md5", "The MD5 hash.", "MD5")
                .inFlink("Flink's own is the same.")
                .example("md5('some val')", "\"1b68352b3e9c2de52ffd322e30bffcc4\"")
                .add();
        fixed("sha", "The SHA-1 hash.", "SHA-1")
                .inFlink("Flink's SHA1.")
                .example("sha('some val')", "\"f85ba28ff5ea84a0cbfa118319acb0c5e58ee2b9\"")
                .add();
        fixed("sha256", "The SHA-256 hash.", "SHA-256")
                .inFlink("Flink's own is the same.")
                .example(
                        "sha256('some val')",
                        "\"67f97635d8a0e064f60ba6e8846a0ac0be664f18f0c1dc6445cd3542d2b71993\"")
                .add();
        Parameter algorithm = Parameter.of("algorithm", Kind.TEXT).refusing("badarg");
        group.function("hash", "The hash by an algorithm: " + ALLOWED + ".")
                .prepared(
                        Kind.TEXT,
                        constants -> {
                            CompiledArgument<Digest> digest =
                                    CompiledArgument.of(
                                            constants,
                                            0,
                                            "hash",
                                            algorithm,
                                            name -> named((String) name));
                            return arguments -> hex(digest.of(arguments[0]), arguments[1]);
                        },
                        algorithm,
                        DATA.refusing("badarg"))
                .example("hash('sha1', 'a')", "\"86f7e437faa5a7fce15d1ddcb9eaeaea377667b8\"")
                .add();
    }

    private FunctionGroup.Definition fixed(String name, String description, String algorithm) {
        return group.function(name, description)
                .prepared(
                        Kind.TEXT,
                        constants -> {
                            Digest digest = java(algorithm);
                            return arguments -> hex(digest, arguments[0]);
                        },
                        DATA);
    }

    private static Digest named(String name) {
        return switch (name) {
            case "md5" -> java("MD5");
            case "sha", "sha1" -> java("SHA-1");
            case "sha224" -> java("SHA-224");
            case "sha256" -> java("SHA-256");
            case "sha384" -> java("SHA-384");
            case "sha512" -> java("SHA-512");
            case "sha3_224" -> java("SHA3-224");
            case "sha3_256" -> java("SHA3-256");
            case "sha3_384" -> java("SHA3-384");
            case "sha3_512" -> java("SHA3-512");
            case "blake2b" -> Blake2::b;
            case "blake2s" -> Blake2::s;
            default -> throw unknown(name);
        };
    }

    /** EMQX tells names it has never heard of from those that are no hash. */
    private static FunctionException unknown(String name) {
        return new FunctionException(
                NO_HASH.contains(name) ? "badarg" : "unknown_hash_algorithm",
                "hash: the algorithm %s is not known; allowed are %s."
                        .formatted(Described.of(name), ALLOWED));
    }

    private static Digest java(String algorithm) {
        try {
            // One for each place in a query: they are not for two threads, and dear to make.
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            return digest::digest;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(Digest digest, Object data) {
        return HexFormat.of().formatHex(digest.of(Bytes.of(data)));
    }
}
