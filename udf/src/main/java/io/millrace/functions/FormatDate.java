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
 * {@code format_date(unit, offset, format[, ts])}: a number of the unit, or the clock if it is left
 * out, as text of the format, as a clock shows it that is ahead of UTC by the offset: a text such
 * as {@code '+08:00'}, {@code 'local'} (the session's time zone) or a number of seconds.
 */
public final class FormatDate extends MillraceFunction {
    private static final long serialVersionUID = 1L;

    private final Compiled<EpochUnit> unit;
    private final Compiled<TimeOffset> offset;
    private final Compiled<DatePattern> format;

    FormatDate(FunctionSettings settings) {
        this(
                settings,
                Compiled.unbound(EpochUnit::named),
                Compiled.unbound(new OffsetCompiler(ZoneOffset.UTC)),
                Compiled.unbound(DatePattern::compile));
    }

    private FormatDate(
            FunctionSettings settings,
            Compiled<EpochUnit> unit,
            Compiled<TimeOffset> offset,
            Compiled<DatePattern> format) {
        super(settings);
        this.unit = unit;
        this.offset = offset;
        this.format = format;
    }

    @Override
    public UserDefinedFunction specialize(SpecializedContext context) {
        return new FormatDate(
                settings(),
                Compiled.bound(EpochUnit::named, context, 0),
                Compiled.bound(OffsetCompiler.of(context), context, 1),
                Compiled.bound(DatePattern::compile, context, 2));
    }

    @Override
    public void open(FunctionContext context) throws Exception {
        super.open(context);
        unit.open();
        offset.open();
        format.open();
    }

    /** Writes the clock. */
    public StringData eval(StringData unitName, StringData offsetText, StringData pattern) {
        return offsetText == null ? null : write(unitName, offsetText, null, pattern, null);
    }

    /** Writes the clock. */
    public StringData eval(StringData unitName, Long offsetSeconds, StringData pattern) {
        return offsetSeconds == null ? null : write(unitName, null, offsetSeconds, pattern, null);
    }

    /** Writes a number of the unit. */
    public StringData eval(
            StringData unitName, StringData offsetText, StringData pattern, Long time) {
        return offsetText == null || time == null
                ? null
                : write(unitName, offsetText, null, pattern, time);
    }

    /** Writes a number of the unit. */
    public StringData eval(StringData unitName, Long offsetSeconds, StringData pattern, Long time) {
        return offsetSeconds == null || time == null
                ? null
                : write(unitName, null, offsetSeconds, pattern, time);
    }

    private StringData write(
            StringData unitName,
            StringData offsetText,
            Long offsetSeconds,
            StringData pattern,
            Long time) {
        if (unitName == null || pattern == null) {
            return null;
        }
        try {
            EpochUnit counted = unit.of(unitName);
            TimeOffset ahead =
                    offsetText == null
                            ? TimeOffset.ofSeconds(offsetSeconds)
                            : offset.of(offsetText);
            long written = time == null ? counted.now(settings().clock()) : time;
            return StringData.fromString(format.of(pattern).format(written, counted, ahead));
        } catch (FunctionException e) {
            return failed(e);
        }
    }

    @Override
    CallSignatures signatures() {
        return CallSignatures.of(
                        CallArgument.unit(), CallArgument.offset(), CallArgument.text("format"))
                .or(
                        CallArgument.unit(),
                        CallArgument.offset(),
                        CallArgument.text("format"),
                        CallArgument.integer("ts"));
    }

    @Override
    TypeStrategy outputType() {
        return TypeStrategies.explicit(DataTypes.STRING().bridgedTo(StringData.class));
    }

    /** Whether a call reads the clock depends on its arguments, which Flink does not ask about. */
    @Override
    public boolean isDeterministic() {
        return false;
    }
}
