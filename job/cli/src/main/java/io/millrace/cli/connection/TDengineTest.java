package io.millrace.cli.connection;

import io.millrace.common.probe.Check;
import io.millrace.common.probe.Checklist;
import io.millrace.common.probe.Finding;
import io.millrace.rule.plan.ConnectionUses;
import io.millrace.tdengine.catalog.TDengineCatalogFactory;
import io.millrace.tdengine.catalog.TDengineCatalogOptions;
import io.millrace.tdengine.client.TDengineConnectionSettings;
import io.millrace.tdengine.probe.TDengineProbe;
import io.millrace.tdengine.probe.TDengineProbeRequest;
import io.millrace.tdengine.table.TDengineConnectorOptions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.Configuration;

/** Tests a connection to TDengine. */
final class TDengineTest {
    private final TestRequest request;
    private final String name;
    private final Map<String, String> options;

    TDengineTest(TestRequest request, String name) {
        this.request = request;
        this.name = name;
        this.options = request.settings().connections().get(name);
    }

    List<Check> run() {
        Optional<Finding> problem = ConnectionOptionsCheck.problem(name, options);
        if (problem.isPresent()) {
            Checklist own = new Checklist();
            own.note("options", problem.get());
            return own.checks();
        }
        Configuration configuration = Configuration.fromMap(options);
        configuration.set(TDengineConnectorOptions.CONNECT_TIMEOUT, request.timeout());
        configuration.set(TDengineConnectorOptions.REQUEST_TIMEOUT, request.timeout());
        TDengineConnectionSettings settings = TDengineCatalogFactory.settings(configuration);
        ConnectionUses.Of used = request.uses().getOrDefault(name, ConnectionUses.Of.NOTHING);
        Set<String> databases = new LinkedHashSet<>(used.databases());
        settings.database().ifPresent(databases::add);
        Optional.ofNullable(options.get(TDengineCatalogOptions.DEFAULT_DATABASE.key()))
                .ifPresent(databases::add);
        return new TDengineProbe(
                        new TDengineProbeRequest(
                                settings,
                                List.copyOf(databases),
                                used.tables().stream()
                                        .map(
                                                path ->
                                                        new TDengineProbeRequest.Table(
                                                                path.get(0), path.get(1)))
                                        .toList(),
                                !options.getOrDefault("schema.evolution", "none")
                                        .equalsIgnoreCase("none"),
                                request.timeout()))
                .run();
    }
}
