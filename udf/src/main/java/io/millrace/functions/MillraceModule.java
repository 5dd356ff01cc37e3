package io.millrace.functions;

import io.millrace.functions.library.Library;
import io.millrace.functions.library.RuleFunction;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.module.Module;

/** All functions by name. Names are found in any case, as Flink's own are. Immutable. */
public final class MillraceModule implements Module {
    /** Operators have no name that SQL could call. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    private final Map<String, FunctionDefinition> functions = new TreeMap<>();

    /** Creates a module whose functions answer NULL for data that they have no answer for. */
    public MillraceModule() {
        this(OnError.NULL, Clock.systemUTC());
    }

    /**
     * Creates a module.
     *
     * @param clock what functions of the time read; one that stands still is for tests of rules
     */
    public MillraceModule(OnError onError, Clock clock) {
        FunctionSettings settings = new FunctionSettings(onError, clock);
        Library.standard().functions().stream()
                .map(RuleFunction::name)
                .filter(name -> NAME.matcher(name).matches())
                .forEach(name -> functions.put(name, new LibraryFunction(settings, name)));
        functions.put("now_timestamp", new NowTimestamp(settings));
        functions.put("now_rfc3339", new NowRfc3339(settings));
        functions.put("unix_ts_to_rfc3339", new UnixTsToRfc3339(settings));
        functions.put("rfc3339_to_unix_ts", new Rfc3339ToUnixTs(settings));
        functions.put("format_date", new FormatDate(settings));
        functions.put("date_to_unix_ts", new DateToUnixTs(settings));
        functions.put("timezone_to_offset_seconds", new TimezoneToOffsetSeconds(settings));
        functions.put("timezone_to_second", new TimezoneToOffsetSeconds(settings));
        functions.put("to_ts", new ToTs(settings));
    }

    @Override
    public Set<String> listFunctions() {
        return Set.copyOf(functions.keySet());
    }

    @Override
    public Optional<FunctionDefinition> getFunctionDefinition(String name) {
        return Optional.ofNullable(functions.get(name.toLowerCase(Locale.ROOT)));
    }
}
