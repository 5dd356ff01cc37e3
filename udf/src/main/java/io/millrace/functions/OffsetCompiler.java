package io.millrace.functions;

import io.millrace.functions.time.TimeOffset;
import java.io.Serializable;
import java.time.ZoneId;
import org.apache.flink.table.functions.SpecializedFunction.SpecializedContext;

/** Compiles texts of offsets, where {@code local} is the session's time zone. */
record OffsetCompiler(ZoneId zone) implements Compiled.Compiler<TimeOffset>, Serializable {

    static OffsetCompiler of(SpecializedContext context) {
        return new OffsetCompiler(MillraceFunction.sessionZone(context));
    }

    @Override
    public TimeOffset apply(String text) {
        return TimeOffset.parse(text, zone);
    }
}
