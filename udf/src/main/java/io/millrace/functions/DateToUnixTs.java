package io.millrace.functions;

import io.millrace.functions.time.DatePattern;
import io.millrace.functions.time.EpochUnit;
import io.millrace.functions.time.TimeOffset;
import io.millrace.functions.value.FunctionException;
import java.time.ZoneOffset;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.TypeStrategies;
import org.apache.flink.table.types.inference.TypeStrategy;

/**
 * {@code date_to_unix_ts(unit, [offset,] format, s)}: a text of the format as a number of the unit.
 * The text is from a clock that is ahead of UTC by the offset (none: UTC), and by the offset in the
 * text itself if the format has one; both together count twice, as in EMQX.
 */
public final class DateToUnixTs extends MillraceFunction {
    private static final long serialVersionUID = 1L;
    private static final TimeOffset UTC = new TimeOffset.Fixed(0);

    private final Compiled<EpochUnit> unit;
    private final Compiled<TimeOffset> offset;
    private final Compiled<DatePattern> format;

    DateToUnixTs(FunctionSettings settings) {
        this(
                settings,
                Compiled.unbound(EpochUnit::named),
                Compiled.unbound(new OffsetCompiler(ZoneOffset.UTC)),
                Compiled.unbound(DateToUnixTs::compile));
    }

    private DateToUnixTs(
            FunctionSettings settings,
            Compiled<EpochUnit> unit,
            Compiled<TimeOffset> offset,
            Compiled<DatePattern> format) {
        super(settings);
        this.unit = unit;
        this.offset = offset;
        this.format = format;
    }

    private static DatePattern compile(String format) {
        return DatePattern.compile(format).requireReadable();
    }

    @Override
    public UserDefinedFunction specialize(SpecializedContext context) {
        boolean withOffset = context.getCallContext().getArgumentDataTypes().size() == 4;
        return new DateToUnixTs(
                settings(),
                Compiled.bound(EpochUnit::named, context, 0),
                withOffset ? Compiled.bound(OffsetCompiler.of(context), context, 1) : offset,
                Compiled.bound(DateToUnixTs::compile, context, withOffset ? 2 : 1));
    }

    @Override
    public void open(FunctionContext context) throws Exception {
        super.open(context);
        unit.open();
        offset.open();
        format.open();
    }

    /** Reads a text in UTC. */
    public Long eval(StringData unitName, StringData pattern, StringData text) {
        if (unitName == null || pattern == null || text == null) {
            return null;
        }
        try {
            return format.of(pattern).parse(text.toString(), unit.of(unitName), UTC);
        } catch (FunctionException e) {
            return failed(e);
        }
    }

    /** Reads a text of another clock. */
    public Long eval(
            StringData unitName, StringData offsetText, StringData pattern, StringData text) {
        if (unitName == null || offsetText == null || pattern == null || text == null) {
            return null;
        }
        try {
            TimeOffset ahead = offset.of(offsetText);
            return format.of(pattern).parse(text.toString(), unit.of(unitName), ahead);
        } catch (FunctionException e) {
            return failed(e);
        }
    }

    /** Reads a text of another clock. */
    public Long eval(StringData unitName, Long offsetSeconds, StringData pattern, StringData text) {
        if (unitName == null || offsetSeconds == null || pattern == null || text == null) {
            return null;
        }
        try {
            TimeOffset ahead = TimeOffset.ofSeconds(offsetSeconds);
            return format.of(pattern).parse(text.toString(), unit.of(unitName), ahead);
        } catch (FunctionException e) {
            return failed(e);
        }
    }

    @Override
    CallSignatures signatures() {
        CallArgument format = CallArgument.text("format", DateToUnixTs::compile);
        CallArgument text = CallArgument.text("s");
        return CallSignatures.of(CallArgument.unit(), format, text)
                .or(CallArgument.unit(), CallArgument.offset(), format, text);
    }

    @Override
    TypeStrategy outputType() {
        return TypeStrategies.explicit(DataTypes.BIGINT());
    }
}
