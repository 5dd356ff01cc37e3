package io.millrace.functions;

import io.millrace.functions.convert.ValueReader;
import io.millrace.functions.convert.ValueReaders;
import io.millrace.functions.convert.ValueWriter;
import io.millrace.functions.convert.ValueWriters;
import io.millrace.functions.library.Body;
import io.millrace.functions.library.Kind;
import io.millrace.functions.library.Library;
import io.millrace.functions.library.Overload;
import io.millrace.functions.library.RuleFunction;
import io.millrace.functions.value.FunctionException;
import io.millrace.functions.value.JsonNull;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.TypeStrategy;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.utils.TypeConversions;

/**
 * A function of the library. For each call the planner gets one that knows the types and literals
 * of that call; when it is opened it chooses a reader for each argument, compiles the literals and
 * makes the one array in which all calls pass their arguments.
 */
public final class LibraryFunction extends MillraceFunction {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final BoundCall call;

    private transient boolean[] takesNull;
    private transient ValueReader[] readers;
    private transient Object[] arguments;
    private transient Body body;
    private transient ValueWriter writer;

    LibraryFunction(FunctionSettings settings, String name) {
        this(settings, name, null);
    }

    private LibraryFunction(FunctionSettings settings, String name, BoundCall call) {
        super(settings);
        this.name = name;
        this.call = call;
    }

    private RuleFunction function() {
        return function(Library.standard());
    }

    private RuleFunction function(Library library) {
        return library.find(name)
                .orElseThrow(() -> new IllegalStateException("No function " + name + "."));
    }

    private Overload overload(int arguments) {
        return function().overload(arguments).orElseThrow();
    }

    @Override
    public UserDefinedFunction specialize(SpecializedContext context) {
        CallContext planned = context.getCallContext();
        List<BoundCall.Argument> known = known(planned);
        return new LibraryFunction(settings(), name, new BoundCall(known, result(known)));
    }

    @Override
    InputTypeStrategy signatures() {
        return new LibrarySignatures(function());
    }

    @Override
    TypeStrategy outputType() {
        return planned -> Optional.of(internal(result(known(planned))));
    }

    private List<BoundCall.Argument> known(CallContext planned) {
        return BoundCall.arguments(planned, overload(planned.getArgumentDataTypes().size()));
    }

    private LogicalType result(List<BoundCall.Argument> known) {
        return Answer.of(function(), overload(known.size()), known);
    }

    private static DataType internal(LogicalType type) {
        return TypeConversions.fromLogicalToDataType(type).toInternal();
    }

    @Override
    public boolean isDeterministic() {
        return function().deterministic();
    }

    /**
     * Where a statement has several constants and one of them is a VARIANT, Flink 2.3 confuses
     * their values.
     */
    @Override
    public boolean supportsConstantFolding() {
        return function().overloads().stream()
                .map(Overload::result)
                .noneMatch(kind -> kind == Kind.ANY || kind == Kind.MAP);
    }

    @Override
    public void open(FunctionContext context) throws Exception {
        super.open(context);
        int count = call.arguments().size();
        RuleFunction function = function(library());
        Overload overload = function.overload(count).orElseThrow();
        ValueReaders make =
                new ValueReaders(NullArguments.areMissingInside(function) ? null : JsonNull.NULL);
        takesNull = new boolean[count];
        readers = new ValueReader[count];
        for (int i = 0; i < count; i++) {
            takesNull[i] = NullArguments.passes(function, i);
            readers[i] = reader(make, call.arguments().get(i), overload.parameter(i).kind());
        }
        arguments = new Object[count];
        body = overload.prepare(BoundCall.constants(call.arguments()));
        writer = ValueWriters.of(call.result());
    }

    /** With the clock of the session; to make one takes some time. */
    private Library library() {
        return settings().clock().equals(Clock.systemUTC())
                ? Library.standard()
                : Library.in(ZoneId.systemDefault(), settings().clock());
    }

    private static ValueReader reader(ValueReaders make, BoundCall.Argument argument, Kind kind) {
        if (argument.known() && argument.value() != null) {
            Object value = argument.value();
            return data -> value;
        }
        ValueReader reader = make.of(argument.type());
        return kind == Kind.FLOAT && argument.type().is(LogicalTypeRoot.VARIANT)
                ? data -> real(reader.read(data))
                : reader;
    }

    /** A whole number is a float to SQL where one is asked for; to a broker's rules it is none. */
    private static Object real(Object value) {
        return value instanceof Number number && !(value instanceof Double)
                ? (Object) number.doubleValue()
                : value;
    }

    /** Calls without arguments. */
    public Object eval() {
        return answer();
    }

    /** Calls with one argument. */
    public Object eval(Object first) {
        arguments[0] = first;
        return answer();
    }

    /** Calls with two arguments. */
    public Object eval(Object first, Object second) {
        arguments[0] = first;
        arguments[1] = second;
        return answer();
    }

    /** Calls with three arguments. */
    public Object eval(Object first, Object second, Object third) {
        arguments[0] = first;
        arguments[1] = second;
        arguments[2] = third;
        return answer();
    }

    /** Calls with four arguments. */
    public Object eval(Object first, Object second, Object third, Object fourth) {
        arguments[0] = first;
        arguments[1] = second;
        arguments[2] = third;
        arguments[3] = fourth;
        return answer();
    }

    /** Calls with more arguments. */
    public Object eval(Object first, Object second, Object third, Object fourth, Object... others) {
        System.arraycopy(others, 0, arguments, 4, others.length);
        return eval(first, second, third, fourth);
    }

    private Object answer() {
        try {
            for (int i = 0; i < arguments.length; i++) {
                Object data = arguments[i];
                Object value = data == null ? null : readers[i].read(data);
                if (!takesNull[i] && (value == null || value == JsonNull.NULL)) {
                    return null;
                }
                arguments[i] = value;
            }
            return writer.write(body.call(arguments));
        } catch (FunctionException e) {
            return failed(e);
        }
    }
}
