package io.millrace.functions;

import io.millrace.functions.time.EpochUnit;
import io.millrace.functions.value.FunctionException;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.TypeStrategy;

/**
 * {@code to_ts(n, unit)}: a number of the unit since 1970-01-01T00:00:00Z as a {@code
 * TIMESTAMP_LTZ}. Its precision is the unit's: 3 for seconds and milliseconds, 6, 9; and 9 if the
 * unit is no literal.
 */
public final class ToTs extends MillraceFunction {
    private static final long serialVersionUID = 1L;

    private final Compiled<EpochUnit> unit;

    ToTs(FunctionSettings settings) {
        this(settings, Compiled.unbound(EpochUnit::named));
    }

    private ToTs(FunctionSettings settings, Compiled<EpochUnit> unit) {
        super(settings);
        this.unit = unit;
    }

    @Override
    public UserDefinedFunction specialize(SpecializedContext context) {
        return new ToTs(settings(), Compiled.bound(EpochUnit::named, context, 1));
    }

    @Override
    public void open(FunctionContext context) throws Exception {
        super.open(context);
        unit.open();
    }

    /** Converts a number. */
    public TimestampData eval(Long time, StringData unitName) {
        if (time == null || unitName == null) {
            return null;
        }
        try {
            EpochUnit counted = unit.of(unitName);
            long second = counted.epochSecondInYears(time);
            int nano = counted.nanoOfSecond(time);
            return TimestampData.fromEpochMillis(
                    second * 1000 + nano / 1_000_000, nano % 1_000_000);
        } catch (FunctionException e) {
            return failed(e);
        }
    }

    @Override
    CallSignatures signatures() {
        return CallSignatures.of(CallArgument.integer("n"), CallArgument.unit());
    }

    @Override
    TypeStrategy outputType() {
        return ToTs::typeOf;
    }

    private static Optional<DataType> typeOf(CallContext call) {
        int precision =
                call.isArgumentLiteral(1) && !call.isArgumentNull(1)
                        ? call.getArgumentValue(1, String.class)
                                .map(name -> Math.max(3, EpochUnit.named(name).digits()))
                                .orElse(9)
                        : 9;
        return Optional.of(DataTypes.TIMESTAMP_LTZ(precision).bridgedTo(TimestampData.class));
    }
}
