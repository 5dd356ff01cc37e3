package io.millrace.cli.cluster;

import io.millrace.rule.Settings;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which Flink cluster a command speaks to: a mixin. */
public final class ClusterOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--flink-url",
            paramLabel = "URL",
            description =
                    "REST API of the Flink cluster. If not given: rest.address and rest.port in the"
                            + " section 'flink' of the settings, else of $$FLINK_HOME/conf, else"
                            + " http://localhost:8081.")
    private String url;

    /** The address, from the option or from where else it stands. */
    public ClusterAddress address(Settings settings) {
        try {
            return ClusterAddress.of(Optional.ofNullable(url), settings, System.getenv());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
