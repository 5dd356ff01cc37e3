package io.millrace.cli.connection;

import io.millrace.cli.flink.RootCause;
import io.millrace.cli.job.SafeUrl;
import io.millrace.common.probe.Check;
import io.millrace.common.probe.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Tests connections, all at once; each has a thread of its own. */
public final class ConnectionTests {
    private final TestRequest request;

    public ConnectionTests(TestRequest request) {
        this.request = request;
    }

    /** The tests, begun, in the order that was asked for: to be waited for one after the other. */
    public List<FutureTask<ConnectionReport>> start() {
        List<FutureTask<ConnectionReport>> tests = new ArrayList<>();
        for (String name : request.names()) {
            FutureTask<ConnectionReport> test = new FutureTask<>(() -> report(name));
            Thread thread = new Thread(test, "test-" + name);
            thread.setDaemon(true);
            thread.start();
            tests.add(test);
        }
        return tests;
    }

    /** Waits for a test. */
    public static ConnectionReport await(FutureTask<ConnectionReport> test)
            throws InterruptedException {
        try {
            return test.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private ConnectionReport report(String name) {
        Map<String, String> options = request.settings().connections().get(name);
        String type = options.getOrDefault("type", "");
        return new ConnectionReport(
                name, type, SafeUrl.of(options.getOrDefault("url", "")), checks(name, type));
    }

    private List<Check> checks(String name, String type) {
        try {
            return switch (type) {
                case "mqtt" -> new MqttTest(request, name).run();
                case "tdengine" -> new TDengineTest(request, name).run();
                default ->
                        List.of(
                                wrong(
                                        "the type is '" + type + "'",
                                        "Allowed are 'mqtt' and 'tdengine'."));
            };
        } catch (RuntimeException e) {
            return List.of(wrong(RootCause.of(e), ""));
        }
    }

    private static Check wrong(String found, String remedy) {
        return new Check("options", Verdict.BAD, found, remedy, 0);
    }
}
