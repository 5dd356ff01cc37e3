package io.millrace.cli.connection;

import io.millrace.common.References;
import io.millrace.common.probe.Finding;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.factories.FactoryUtil;

/** Looks at a connection's options as the job would: by making the catalog. Stateless. */
final class ConnectionOptionsCheck {
    private ConnectionOptionsCheck() {}

    /** What is wrong with them, or empty. */
    static Optional<Finding> problem(String name, Map<String, String> options) {
        for (Map.Entry<String, String> option : options.entrySet()) {
            try {
                References.resolve(option.getValue());
            } catch (IllegalArgumentException e) {
                return Optional.of(Finding.bad(e, ""));
            }
        }
        try {
            FactoryUtil.createCatalog(
                    name,
                    options,
                    new Configuration(),
                    ConnectionOptionsCheck.class.getClassLoader());
            return Optional.empty();
        } catch (RuntimeException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            return Optional.of(Finding.bad(root, ""));
        }
    }
}
