package io.millrace.functions.library;

import io.millrace.functions.value.Bytes;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The group {@code compression}. */
final class CompressionFunctions {
    private static final Parameter DATA = Parameter.of("data", Kind.BYTES);

    private final FunctionGroup group;

    private CompressionFunctions(FunctionGroup group) {
        this.group = group;
    }

    static void define(Function<String, FunctionGroup> library) {
        new CompressionFunctions(library.apply("compression")).define();
    }

    private void define() {
        function("gzip", "Bytes packed as gzip.", Compression::gzip)
                .example("gunzip(gzip('hello'))", "\"hello\"")
                .add();
        function("gunzip", "Bytes unpacked from gzip.", Compression::gunzip)
                .example(
                        "gunzip(hexstr2bin('1F8B0800000000000003CB48CDC9C9070086A6103605000000'))",
                        "\"hello\"")
                .add();
        function(
                        "zip",
                        "Bytes packed by deflate, without any header; no archive.",
                        bytes -> Compression.deflate(bytes, true))
                .example("bin2hexstr(zip('hello'))", "\"CB48CDC9C90700\"")
                .add();
        function(
                        "unzip",
                        "Bytes unpacked from deflate without any header.",
                        bytes -> Compression.inflate("unzip", bytes, true))
                .example("unzip(zip('hello'))", "\"hello\"")
                .add();
        function(
                        "zip_compress",
                        "Bytes packed as a zlib stream.",
                        bytes -> Compression.deflate(bytes, false))
                .example("bin2hexstr(zip_compress('hello'))", "\"789CCB48CDC9C90700062C0215\"")
                .add();
        function(
                        "zip_uncompress",
                        "Bytes unpacked from a zlib stream.",
                        bytes -> Compression.inflate("zip_uncompress", bytes, false))
                .example("zip_uncompress(zip_compress('hello'))", "\"hello\"")
                .add();
    }

    private FunctionGroup.Definition function(
            String name, String description, UnaryOperator<byte[]> operator) {
        return group.function(name, description)
                .overload(
                        Kind.BYTES,
                        arguments -> Bytes.value(operator.apply(Bytes.of(arguments[0]))),
                        DATA);
    }
}
