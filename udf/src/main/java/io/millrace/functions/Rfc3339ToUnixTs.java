package io.millrace.functions;

import io.millrace.functions.time.EpochUnit;
import io.millrace.functions.time.Rfc3339;
import io.millrace.functions.value.FunctionException;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.TypeStrategies;
import org.apache.flink.table.types.inference.TypeStrategy;

/**
 * {@code rfc3339_to_unix_ts(s[, unit])}: an RFC 3339 text as a number of the unit ({@code 'second'}
 * if it is left out).
 */
public final class Rfc3339ToUnixTs extends MillraceFunction {
    private static final long serialVersionUID = 1L;

    private final Compiled<EpochUnit> unit;

    Rfc3339ToUnixTs(FunctionSettings settings) {
        this(settings, Compiled.unbound(EpochUnit::named));
    }

    private Rfc3339ToUnixTs(FunctionSettings settings, Compiled<EpochUnit> unit) {
        super(settings);
        this.unit = unit;
    }

    @Override
    public UserDefinedFunction specialize(SpecializedContext context) {
        return new Rfc3339ToUnixTs(
                settings(), Compiled.bound(EpochUnit::named, context, 1, "second"));
    }

    @Override
    public void open(FunctionContext context) throws Exception {
        super.open(context);
        unit.open();
    }

    /** Reads to the second. */
    public Long eval(StringData text) {
        return text == null ? null : parse(text, unit.get());
    }

    /** Reads to the unit. */
    public Long eval(StringData text, StringData unitName) {
        if (text == null || unitName == null) {
            return null;
        }
        try {
            return parse(text, unit.of(unitName));
        } catch (FunctionException e) {
            return failed(e);
        }
    }

    private Long parse(StringData text, EpochUnit unit) {
        try {
            return Rfc3339.parse(text.toString(), unit);
        } catch (FunctionException e) {
            return failed(e);
        }
    }

    @Override
    CallSignatures signatures() {
        CallArgument text =
                CallArgument.text("s", literal -> Rfc3339.parse(literal, EpochUnit.SECOND));
        return CallSignatures.of(text).or(text, CallArgument.unit());
    }

    @Override
    TypeStrategy outputType() {
        return TypeStrategies.explicit(DataTypes.BIGINT());
    }
}
