package io.millrace.rule.trial;

import java.util.Optional;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.module.Module;

/** A module without functions: it has the planner make the tables of a job in another way. */
record TrialModule(DynamicTableSourceFactory sources, DynamicTableSinkFactory sinks)
        implements Module {
    /** Its name in a session. */
    static final String NAME = "millrace-trial";

    @Override
    public Optional<DynamicTableSourceFactory> getTableSourceFactory() {
        return Optional.of(sources);
    }

    @Override
    public Optional<DynamicTableSinkFactory> getTableSinkFactory() {
        return Optional.of(sinks);
    }
}
