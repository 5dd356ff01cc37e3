package io.millrace.functions;

import io.millrace.functions.time.EpochUnit;
import io.millrace.functions.time.Rfc3339;
import io.millrace.functions.time.TimeOffset;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.TypeStrategies;
import org.apache.flink.table.types.inference.TypeStrategy;

/**
 * {@code now_rfc3339([unit])}: the clock as RFC 3339 text in the session's time zone ({@code
 * table.local-time-zone}), with the decimals of the unit. EMQX uses the zone of the machine, which
 * is also what a session without that setting has.
 */
public final class NowRfc3339 extends MillraceFunction {
    private static final long serialVersionUID = 1L;

    private final Compiled<EpochUnit> unit;
    private final ZoneId zone;
    private transient TimeOffset offset;

    NowRfc3339(FunctionSettings settings) {
        this(settings, Compiled.unbound(EpochUnit::named), ZoneOffset.UTC);
    }

    private NowRfc3339(FunctionSettings settings, Compiled<EpochUnit> unit, ZoneId zone) {
        super(settings);
        this.unit = unit;
        this.zone = zone;
    }

    @Override
    public UserDefinedFunction specialize(SpecializedContext context) {
        return new NowRfc3339(
                settings(),
                Compiled.bound(EpochUnit::named, context, 0, "second"),
                sessionZone(context));
    }

    @Override
    public void open(FunctionContext context) throws Exception {
        super.open(context);
        unit.open();
        offset = new TimeOffset.Zone(zone);
    }

    /** Reads the clock to the second. */
    public StringData eval() {
        return StringData.fromString(
                Rfc3339.format(unit.get().now(settings().clock()), unit.get(), offset));
    }

    /** Reads the clock. */
    public StringData eval(StringData unitName) {
        return eval();
    }

    @Override
    CallSignatures signatures() {
        return CallSignatures.of().or(CallArgument.literalUnit());
    }

    @Override
    TypeStrategy outputType() {
        return TypeStrategies.explicit(DataTypes.STRING().notNull().bridgedTo(StringData.class));
    }

    @Override
    public boolean isDeterministic() {
        return false;
    }
}
