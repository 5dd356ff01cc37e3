package io.millrace.functions;

import io.millrace.functions.time.EpochUnit;
import io.millrace.functions.time.Rfc3339;
import io.millrace.functions.time.TimeOffset;
import io.millrace.functions.value.FunctionException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.TypeStrategies;
import org.apache.flink.table.types.inference.TypeStrategy;

/**
 * {@code unix_ts_to_rfc3339(ts[, unit])}: a number of the unit ({@code 'second'} if it is left out)
 * as RFC 3339 text in the session's time zone, with the decimals of the unit.
 */
public final class UnixTsToRfc3339 extends MillraceFunction {
    private static final long serialVersionUID = 1L;

    private final Compiled<EpochUnit> unit;
    private final ZoneId zone;
    private transient TimeOffset offset;

    UnixTsToRfc3339(FunctionSettings settings) {
        this(settings, Compiled.unbound(EpochUnit::named), ZoneOffset.UTC);
    }

    private UnixTsToRfc3339(FunctionSettings settings, Compiled<EpochUnit> unit, ZoneId zone) {
        super(settings);
        this.unit = unit;
        this.zone = zone;
    }

    @Override
    public UserDefinedFunction specialize(SpecializedContext context) {
        return new UnixTsToRfc3339(
                settings(),
                Compiled.bound(EpochUnit::named, context, 1, "second"),
                sessionZone(context));
    }

    @Override
    public void open(FunctionContext context) throws Exception {
        super.open(context);
        unit.open();
        offset = new TimeOffset.Zone(zone);
    }

    /** Writes seconds. */
    public StringData eval(Long time) {
        return time == null ? null : format(time, unit.get());
    }

    /** Writes a number of the unit. */
    public StringData eval(Long time, StringData unitName) {
        if (time == null || unitName == null) {
            return null;
        }
        try {
            return format(time, unit.of(unitName));
        } catch (FunctionException e) {
            return failed(e);
        }
    }

    private StringData format(long time, EpochUnit unit) {
        try {
            return StringData.fromString(Rfc3339.format(time, unit, offset));
        } catch (FunctionException e) {
            return failed(e);
        }
    }

    @Override
    CallSignatures signatures() {
        return CallSignatures.of(CallArgument.integer("ts"))
                .or(CallArgument.integer("ts"), CallArgument.unit());
    }

    @Override
    TypeStrategy outputType() {
        return TypeStrategies.explicit(DataTypes.STRING().bridgedTo(StringData.class));
    }
}
