package io.millrace.tdengine.client;

import com.taosdata.jdbc.utils.CompletableFutureTimeout;
import com.taosdata.jdbc.utils.Utils;
import io.netty.util.Timer;
import java.lang.reflect.Field;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What TDengine's driver leaves behind: threads, which it starts once for each class loader that it
 * is loaded by and never ends, and itself in the JVM's list of drivers. Stateless.
 */
final class DriverRemains {
    private static final Logger LOG = LoggerFactory.getLogger(DriverRemains.class);

    private DriverRemains() {}

    /** Removes it. No connection can be made afterwards. */
    static void end() {
        Utils.getEventLoopGroup()
                .shutdownGracefully(0, 1, TimeUnit.SECONDS)
                .awaitUninterruptibly(1, TimeUnit.SECONDS);
        Utils.getForkJoinPool().shutdown();
        stopTimer();
        ClassLoader own = Utils.class.getClassLoader();
        DriverManager.drivers()
                .filter(driver -> driver.getClass().getClassLoader() == own)
                .forEach(DriverRemains::deregister);
    }

    private static void stopTimer() {
        try {
            Field timer = CompletableFutureTimeout.class.getDeclaredField("NETTY_TIMER");
            timer.setAccessible(true);
            ((Timer) timer.get(null)).stop();
        } catch (ReflectiveOperationException | ClassCastException e) {
            LOG.warn("A thread of TDengine's driver stays until the TaskManager ends", e);
        }
    }

    private static void deregister(Driver driver) {
        try {
            DriverManager.deregisterDriver(driver);
        } catch (SQLException e) {
            LOG.warn("TDengine's driver stays until the TaskManager ends", e);
        }
    }
}
