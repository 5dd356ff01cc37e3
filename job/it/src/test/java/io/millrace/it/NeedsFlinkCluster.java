package io.millrace.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The tests start Flink's distribution; skipped unless Maven's profile 'cluster' is on. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(
        named = "millrace.cluster",
        matches = "true",
        disabledReason = "it starts a Flink cluster of processes: mvn verify -P cluster")
@interface NeedsFlinkCluster {}
