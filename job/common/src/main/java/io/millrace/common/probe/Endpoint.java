package io.millrace.common.probe;

/**
 * Where a server listens.
 *
 * @param host a name or an address, one of IPv6 without brackets
 */
public record Endpoint(String host, int port) {
    /** Reads {@code host:port} and {@code [::1]:port}. */
    public static Endpoint parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, colon);
        return new Endpoint(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                Integer.parseInt(text.substring(colon + 1)));
    }

    /** Whether the host is an address, which needs no DNS. */
    public boolean isAddress() {
        return host.contains(":") || host.matches("\\d+(\\.\\d+){3}");
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
