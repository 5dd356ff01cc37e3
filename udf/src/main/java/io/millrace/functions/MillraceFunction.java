package io.millrace.functions;

import io.millrace.functions.value.FunctionException;
import java.time.ZoneId;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.table.api.config.TableConfigOptions;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.inference.TypeStrategy;

/**
 * What all functions share.
 *
 * <p>NULL in any argument gives NULL. A literal that can never be right fails when the statement is
 * planned. Data that a function has no answer for (text that is no date, say) must not stop a job
 * for ever, since the message that holds it would be delivered again after each restart; so the
 * function answers NULL and counts, unless the module was loaded with {@code 'on-error' = 'fail'}.
 *
 * <p>A function is known to a session in its plain form; for each call the planner asks it for a
 * form in which literals are bound. Used by one thread at a time.
 */
abstract class MillraceFunction extends ScalarFunction implements SpecializedFunction {
    private static final long serialVersionUID = 1L;

    /** The counter of answers that became NULL, in the operator's metrics. */
    static final String ERRORS_METRIC = "functionErrors";

    private final FunctionSettings settings;
    private transient FunctionContext context;
    private transient Counter errors;

    MillraceFunction(FunctionSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(FunctionContext context) throws Exception {
        this.context = context;
    }

    @Override
    public final TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return TypeInference.newBuilder()
                .inputTypeStrategy(signatures())
                .outputTypeStrategy(outputType())
                .build();
    }

    /** The arguments that the function takes. */
    abstract InputTypeStrategy signatures();

    /** The type of its answers. */
    abstract TypeStrategy outputType();

    final FunctionSettings settings() {
        return settings;
    }

    /** Settles a call without an answer: NULL, or the exception. */
    final <T> T failed(FunctionException failure) {
        if (settings.onError() == OnError.FAIL) {
            throw failure;
        }
        if (errors == null) {
            errors = errorCounter();
        }
        errors.inc();
        return null;
    }

    /** Made when it is needed: most operators call several functions that never fail. */
    private Counter errorCounter() {
        try {
            return context.getMetricGroup().counter(ERRORS_METRIC);
        } catch (RuntimeException e) {
            // Constant folding opens functions where there are no metrics.
            return new SimpleCounter();
        }
    }

    /** Returns the time zone of the session that plans the call. */
    static ZoneId sessionZone(SpecializedContext context) {
        String zone = context.getConfiguration().get(TableConfigOptions.LOCAL_TIME_ZONE);
        return TableConfigOptions.LOCAL_TIME_ZONE.defaultValue().equals(zone)
                ? ZoneId.systemDefault()
                : ZoneId.of(zone);
    }
}
