package io.millrace.tdengine.probe;

import io.millrace.common.probe.Check;
import io.millrace.common.probe.Checklist;
import io.millrace.common.probe.Endpoint;
import io.millrace.common.probe.Finding;
import io.millrace.common.probe.NetworkProbe;
import io.millrace.common.probe.TlsOptionNames;
import io.millrace.common.probe.TlsProbe;
import io.millrace.tdengine.client.TDengineConnection;
import io.millrace.tdengine.client.TDengineConnectionSettings;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;
import java.util.OptionalInt;
import javax.net.ssl.SSLContext;

/**
 * Looks at a TDengine: the network, TLS, who may connect, versions, databases and tables, and the
 * right to write. With several addresses the network is looked at for each, the server at the first
 * that can be reached. For one thread.
 */
public final class TDengineProbe {
    private static final String PORTS =
            "taosAdapter, which is what 'url' names, is usually at 6041; 6030 is the native"
                    + " protocol's. TDengine Cloud is at 443.";

    private static final TlsOptionNames OPTIONS =
            new TlsOptionNames(
                    "The driver trusts what this machine's Java trusts. Import the authority"
                            + " with keytool -importcert -cacerts, or have the certificate made"
                            + " by one that is known.",
                    "Use one of its names in 'url'.",
                    "The driver cannot show one; let the server do without.",
                    "",
                    "Take disableSSLCertValidation out of 'url'.",
                    "Is that the port for TLS? If the server has none, 'url' begins with http://.");

    private final TDengineProbeRequest request;

    public TDengineProbe(TDengineProbeRequest request) {
        this.request = request;
    }

    /** Looks; the checks end where those that follow make no sense. */
    public List<Check> run() {
        Checklist checks = new Checklist();
        TDengineConnectionSettings.Route route;
        try {
            route = request.connection().route();
        } catch (IllegalArgumentException e) {
            checks.note("options", Finding.bad(e, ""));
            return checks.checks();
        }
        OptionalInt usable = OptionalInt.empty();
        for (int i = 0; i < route.endpoints().size(); i++) {
            if (route.endpoints().size() > 1) {
                checks.note("address", Finding.good(route.endpoints().get(i)));
            }
            if (reaches(route, route.endpoints().get(i), checks) && usable.isEmpty()) {
                usable = OptionalInt.of(i);
            }
        }
        usable.ifPresent(number -> look(route, number, checks));
        return checks.checks();
    }

    private boolean reaches(
            TDengineConnectionSettings.Route route, String address, Checklist checks) {
        Endpoint endpoint = Endpoint.parse(address);
        if (!new NetworkProbe(endpoint, request.timeout(), PORTS).run(checks)) {
            return false;
        }
        return !route.tls() || speaksTls(route, endpoint, checks);
    }

    private boolean speaksTls(
            TDengineConnectionSettings.Route route, Endpoint endpoint, Checklist checks) {
        SSLContext trusted;
        try {
            trusted = SSLContext.getDefault();
        } catch (GeneralSecurityException e) {
            checks.note("TLS", Finding.bad(e, "Is the Java on this machine whole?"));
            return false;
        }
        boolean good =
                new TlsProbe(
                                endpoint,
                                new TlsProbe.Client(
                                        trusted,
                                        endpoint.host(),
                                        route.verifies(),
                                        route.verifies(),
                                        List.of(),
                                        OPTIONS),
                                request.timeout(),
                                Clock.systemUTC())
                        .run(checks);
        return good || !route.verifies();
    }

    private void look(TDengineConnectionSettings.Route route, int number, Checklist checks) {
        String address = route.endpoints().get(number);
        LogIn logIn = new LogIn(request, route, address);
        if (!checks.run("taosAdapter", logIn::adapter)) {
            return;
        }
        if (!checks.run("authentication", () -> logIn.open(number))) {
            return;
        }
        try (TDengineConnection connection = logIn.connection()) {
            checks.run("version", () -> ServerVersion.look(connection));
            new DatabaseProbe(request, connection).run(checks);
        }
    }
}
