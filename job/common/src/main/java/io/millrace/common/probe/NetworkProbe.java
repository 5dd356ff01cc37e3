package io.millrace.common.probe;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks whether a server can be reached: its name, then TCP. Stateless but for its settings. */
public final class NetworkProbe {
    private final Endpoint endpoint;
    private final Duration timeout;
    private final String ports;

    /**
     * @param ports half a sentence on the ports that such servers have
     */
    public NetworkProbe(Endpoint endpoint, Duration timeout, String ports) {
        this.endpoint = endpoint;
        this.timeout = timeout;
        this.ports = ports;
    }

    /**
     * Looks.
     *
     * @return whether a connection can be made
     */
    public boolean run(Checklist checks) {
        List<InetAddress> addresses = List.of();
        if (!endpoint.isAddress()) {
            Resolved resolved = new Resolved();
            if (!checks.run("DNS", resolved)) {
                return false;
            }
            addresses = resolved.addresses;
        }
        List<InetAddress> targets = addresses;
        return checks.run("TCP", () -> connect(targets));
    }

    /** Asks for the addresses and keeps them. */
    private final class Resolved implements Checklist.Look {
        private List<InetAddress> addresses = List.of();

        @Override
        public Finding look() throws InterruptedException {
            // Java cannot be told how long a name may take.
            FutureTask<InetAddress[]> question =
                    new FutureTask<>(() -> InetAddress.getAllByName(endpoint.host()));
            Thread asking = new Thread(question, "dns-probe");
            asking.setDaemon(true);
            asking.start();
            try {
                addresses = List.of(question.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
                return Finding.good(
                        endpoint.host()
                                + " is "
                                + addresses.stream()
                                        .map(InetAddress::getHostAddress)
                                        .collect(Collectors.joining(", ")));
            } catch (TimeoutException e) {
                return Finding.bad(
                        "no answer for '"
                                + endpoint.host()
                                + "' within "
                                + timeout.toMillis()
                                + " ms",
                        "Does this machine reach its DNS server?");
            } catch (ExecutionException e) {
                return e.getCause() instanceof UnknownHostException
                        ? Finding.bad(
                                "the name '" + endpoint.host() + "' is not known here",
                                "Is it spelled right in 'url'? Names of containers are known only"
                                        + " inside their network.")
                        : Finding.bad(e.getCause(), "");
            }
        }
    }

    private Finding connect(List<InetAddress> addresses) throws IOException {
        List<InetSocketAddress> targets =
                addresses.isEmpty()
                        ? List.of(new InetSocketAddress(endpoint.host(), endpoint.port()))
                        : addresses.stream()
                                .map(address -> new InetSocketAddress(address, endpoint.port()))
                                .toList();
        IOException last = new IOException("no address");
        for (InetSocketAddress target : targets) {
            try (Socket socket = new Socket()) {
                socket.connect(target, Math.toIntExact(timeout.toMillis()));
                return Finding.good(
                        "connected to "
                                + new Endpoint(
                                        target.getAddress().getHostAddress(), endpoint.port()));
            } catch (IOException e) {
                last = e;
            }
        }
        return refused(last);
    }

    private Finding refused(IOException failure) {
        if (failure instanceof SocketTimeoutException) {
            return Finding.bad(
                    "no answer from " + endpoint + " within " + timeout.toMillis() + " ms",
                    "A firewall on the way, or a wrong host? Or raise --timeout.");
        }
        if (failure instanceof NoRouteToHostException) {
            return Finding.bad(
                    "there is no way to " + endpoint + ": " + failure.getMessage(),
                    "Are this machine and the server in networks that reach each other?");
        }
        if (failure instanceof ConnectException) {
            return Finding.bad(
                    endpoint + " refuses the connection",
                    "Is the server started and is that its port? " + ports);
        }
        return Finding.bad(
                Stream.of(failure.getMessage(), failure.toString())
                        .filter(text -> text != null)
                        .findFirst()
                        .orElseThrow(),
                "");
    }
}
