package io.millrace.tdengine.client;

import com.taosdata.jdbc.utils.Utils;
import org.apache.flink.util.UserCodeClassLoader;

/**
 * What a job leaves behind in a TaskManager. Where a job brings its jar along, Flink makes a class
 * loader for each start of the job. What refers to one, such as a thread, keeps all of it in
 * memory, and with it the buffers outside of the heap, until after some starts the TaskManager has
 * no more. Stateless.
 */
public final class JobRemains {
    private static final String HOOK = "io.millrace.tdengine";

    private JobRemains() {}

    /** Has it removed with a job's class loader, unless all jobs share Flink's own. */
    public static void endWith(UserCodeClassLoader job) {
        if (Utils.class.getClassLoader() == UserCodeClassLoader.class.getClassLoader()) {
            return;
        }
        ClassLoader loader = job.asClassLoader();
        job.registerReleaseHookIfAbsent(
                HOOK,
                () -> {
                    DriverRemains.end();
                    CompiledCode.forget(loader);
                });
    }
}
