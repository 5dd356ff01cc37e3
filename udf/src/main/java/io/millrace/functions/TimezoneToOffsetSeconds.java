package io.millrace.functions;

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
 * {@code timezone_to_offset_seconds(x)}: the seconds ahead of UTC that a text such as {@code
 * '+08:00'} says; for {@code 'local'} those of the session's time zone now. A number stays itself.
 */
public final class TimezoneToOffsetSeconds extends MillraceFunction {
    private static final long serialVersionUID = 1L;

    private final Compiled<TimeOffset> offset;

    TimezoneToOffsetSeconds(FunctionSettings settings) {
        this(settings, Compiled.unbound(new OffsetCompiler(ZoneOffset.UTC)));
    }

    private TimezoneToOffsetSeconds(FunctionSettings settings, Compiled<TimeOffset> offset) {
        super(settings);
        this.offset = offset;
    }

    @Override
    public UserDefinedFunction specialize(SpecializedContext context) {
        return new TimezoneToOffsetSeconds(
                settings(), Compiled.bound(OffsetCompiler.of(context), context, 0));
    }

    @Override
    public void open(FunctionContext context) throws Exception {
        super.open(context);
        offset.open();
    }

    /** Reads an offset. */
    public Long eval(StringData text) {
        if (text == null) {
            return null;
        }
        try {
            return (long) offset.of(text).secondsAt(EpochUnit.SECOND.now(settings().clock()));
        } catch (FunctionException e) {
            return failed(e);
        }
    }

    /** Returns the number. */
    public Long eval(Long seconds) {
        return seconds;
    }

    @Override
    CallSignatures signatures() {
        return CallSignatures.of(CallArgument.offset());
    }

    @Override
    TypeStrategy outputType() {
        return TypeStrategies.explicit(DataTypes.BIGINT());
    }

    /** The offset of a time zone depends on the day. */
    @Override
    public boolean isDeterministic() {
        return false;
    }
}
