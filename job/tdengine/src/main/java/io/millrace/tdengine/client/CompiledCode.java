package io.millrace.tdengine.client;

import java.lang.reflect.Field;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The code that Flink makes of SQL. It keeps it, with the job's class loader, for five minutes
 * after the last use and then until it compiles something else. Stateless.
 */
final class CompiledCode {
    private static final Logger LOG = LoggerFactory.getLogger(CompiledCode.class);
    private static final String OWNER = "org.apache.flink.table.runtime.generated.CompileUtils";
    private static final String CACHE = "COMPILED_CLASS_CACHE";

    private CompiledCode() {}

    /** Has Flink forget what it compiled for a job. */
    static void forget(ClassLoader job) {
        try {
            Field field =
                    Class.forName(OWNER, true, CompiledCode.class.getClassLoader())
                            .getDeclaredField(CACHE);
            field.setAccessible(true);
            Map<?, ?> cache =
                    (Map<?, ?>) field.getType().getMethod("asMap").invoke(field.get(null));
            cache.values().removeIf(compiled -> isOf(job, (Class<?>) compiled));
        } catch (ReflectiveOperationException | ClassCastException e) {
            // Not public API: Flink forgets by itself later.
            LOG.debug("Flink keeps compiled code elsewhere", e);
        }
    }

    private static boolean isOf(ClassLoader job, Class<?> compiled) {
        ClassLoader own = compiled.getClassLoader();
        return own != null && own.getParent() == job;
    }
}
