package io.millrace.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The jar for FLINK_HOME/lib. */
class PackagedJarITCase {
    private static final Path JAR = Path.of("target", "millrace-udf-flink.jar");

    @Test
    void bringsItsLibrariesUnderNamesOfItsOwn() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream().map(entry -> entry.getName()))
                    .filteredOn(name -> !name.endsWith("/"))
                    .allMatch(
                            name ->
                                    name.startsWith("io/millrace/")
                                            || name.startsWith("META-INF/"));
            assertThat(jar.getEntry("META-INF/LICENSE")).isNotNull();
        }
    }

    /** Libraries find their parts by name, which moving them might have broken. */
    @Test
    void worksWithNothingBesideIt() throws Exception {
        URL[] jar = {JAR.toUri().toURL()};
        try (URLClassLoader alone = new URLClassLoader(jar, ClassLoader.getPlatformClassLoader())) {
            assertThat(call(alone, "jq", ".a | map(. + 1) | join(\"-\")", "{\"a\":[1,2]}"))
                    .isEqualTo(List.of("2-3"));
        }
    }

    private static Object call(ClassLoader loader, String name, Object... arguments)
            throws Exception {
        String library = "io.millrace.functions.library.";
        Class<?> type = loader.loadClass(library + "Library");
        Object functions = type.getMethod("standard").invoke(null);
        Object function =
                ((Optional<?>) type.getMethod("find", String.class).invoke(functions, name))
                        .orElseThrow();
        Object overload =
                ((Optional<?>)
                                function.getClass()
                                        .getMethod("overload", int.class)
                                        .invoke(function, arguments.length))
                        .orElseThrow();
        Class<?> constants = loader.loadClass(library + "Constants");
        Object body =
                overload.getClass()
                        .getMethod("prepare", constants)
                        .invoke(
                                overload,
                                constants
                                        .getMethod("none", int.class)
                                        .invoke(null, arguments.length));
        return loader.loadClass(library + "Body")
                .getMethod("call", Object[].class)
                .invoke(body, (Object) arguments);
    }
}
