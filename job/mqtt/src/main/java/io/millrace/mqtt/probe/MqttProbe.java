package io.millrace.mqtt.probe;

import io.millrace.common.probe.Check;
import io.millrace.common.probe.Checklist;
import io.millrace.common.probe.Endpoint;
import io.millrace.common.probe.Finding;
import io.millrace.common.probe.NetworkProbe;
import io.millrace.common.probe.TlsOptionNames;
import io.millrace.common.probe.TlsProbe;
import io.millrace.mqtt.client.BrokerAddress;
import io.millrace.mqtt.client.MqttFailure;
import io.millrace.mqtt.client.TlsContext;
import io.millrace.mqtt.client.TlsSettings;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Looks at a broker: the network, TLS, who may connect, what it grants and forbids. The client ids
 * are random ones, never those of a job, whose connection the broker would cut; the sessions end
 * with the look. With several addresses the network is looked at for each, the broker at the first
 * that can be reached. For one thread.
 */
public final class MqttProbe {
    private static final String PORTS =
            "MQTT is usually at 1883, with TLS at 8883, over WebSockets at 8083 and 8084.";

    private static final TlsOptionNames OPTIONS =
            new TlsOptionNames(
                    "Put the certificate of that authority into a file and name it with 'tls.ca'.",
                    "Use one of its names in 'url', or give the right name with 'tls.server-name'.",
                    "Give it with 'tls.certificate' and 'tls.key'.",
                    "Set 'tls.verify-hostname' to true, or leave it out.",
                    "",
                    "Is that the port for TLS? If the broker has none, 'url' begins with tcp:// or"
                            + " ws://.");

    private final MqttProbeRequest request;

    public MqttProbe(MqttProbeRequest request) {
        this.request = request;
    }

    /** Looks; the checks end where those that follow make no sense. */
    public List<Check> run() {
        Checklist checks = new Checklist();
        List<String> addresses = request.connection().addresses();
        Optional<String> usable = Optional.empty();
        for (String address : addresses) {
            if (addresses.size() > 1) {
                checks.note("address", Finding.good(address));
            }
            if (reaches(address, checks) && usable.isEmpty()) {
                usable = Optional.of(address);
            }
        }
        usable.ifPresent(address -> new BrokerProbe(request, address).run(checks));
        return checks.checks();
    }

    private boolean reaches(String address, Checklist checks) {
        URI uri = URI.create(address);
        String host = uri.getHost();
        Endpoint endpoint = Endpoint.parse(host + ":" + uri.getPort());
        if (!new NetworkProbe(endpoint, request.timeout(), PORTS).run(checks)) {
            return false;
        }
        if (!BrokerAddress.isTls(address)) {
            return true;
        }
        TlsSettings tls = request.connection().tls();
        try {
            return new TlsProbe(
                            endpoint,
                            new TlsProbe.Client(
                                    TlsContext.of(tls),
                                    tls.serverName() == null ? endpoint.host() : tls.serverName(),
                                    tls.verifyHostname(),
                                    true,
                                    tls.alpn(),
                                    OPTIONS),
                            request.timeout(),
                            Clock.systemUTC())
                    .run(checks);
        } catch (MqttFailure e) {
            checks.note("TLS", Finding.bad(e, ""));
            return false;
        }
    }
}
