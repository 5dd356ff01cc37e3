package io.millrace.cli.connection;

import io.millrace.cli.cluster.Jobs;
import io.millrace.rule.Settings;
import io.millrace.rule.plan.ConnectionUses;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is to be tested.
 *
 * @param names of the connections, in the order to show them
 * @param uses what the rules use, by connection; empty if there are none
 * @param topics filters to subscribe to instead of the rules'
 * @param publish topics to publish to
 * @param timeout of each step
 * @param jobs where the job may run already
 */
public record TestRequest(
        Settings settings,
        List<String> names,
        Map<String, ConnectionUses.Of> uses,
        List<String> topics,
        List<String> publish,
        Duration timeout,
        Jobs jobs) {}
