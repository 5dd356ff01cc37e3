package io.millrace.functions;

import io.millrace.functions.time.EpochUnit;
import io.millrace.functions.time.LaterEachTime;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.TypeStrategies;
import org.apache.flink.table.types.inference.TypeStrategy;

/**
 * {@code now_timestamp([unit])}: the clock as a number of the unit, which is {@code 'second'} if it
 * is left out. Two calls may be equal, but not in nanoseconds: there each call of one place in a
 * query gives a later time than the one before, so that messages of one reader never share a key.
 */
public final class NowTimestamp extends MillraceFunction {
    private static final long serialVersionUID = 1L;

    private final Compiled<EpochUnit> unit;
    private transient LaterEachTime nanoseconds;

    NowTimestamp(FunctionSettings settings) {
        this(settings, Compiled.unbound(EpochUnit::named));
    }

    private NowTimestamp(FunctionSettings settings, Compiled<EpochUnit> unit) {
        super(settings);
        this.unit = unit;
    }

    @Override
    public UserDefinedFunction specialize(SpecializedContext context) {
        return new NowTimestamp(settings(), Compiled.bound(EpochUnit::named, context, 0, "second"));
    }

    @Override
    public void open(FunctionContext context) throws Exception {
        super.open(context);
        unit.open();
        nanoseconds = new LaterEachTime();
    }

    /** Reads the clock in seconds. */
    public long eval() {
        return unit.get().now(settings().clock());
    }

    /** Reads the clock. */
    public long eval(StringData unitName) {
        long now = unit.get().now(settings().clock());
        return unit.get() == EpochUnit.NANOSECOND ? nanoseconds.after(now) : now;
    }

    @Override
    CallSignatures signatures() {
        return CallSignatures.of().or(CallArgument.literalUnit());
    }

    @Override
    TypeStrategy outputType() {
        return TypeStrategies.explicit(DataTypes.BIGINT().notNull().bridgedTo(long.class));
    }

    @Override
    public boolean isDeterministic() {
        return false;
    }
}
