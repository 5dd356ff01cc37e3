package io.millrace.rule.plan;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/**
 * Finds the function call that Flink's planner complains of: it names the function in the message
 * and leaves out the place.
 */
final class CallFinder extends SqlBasicVisitor<Void> {
    private static final Pattern CALL = Pattern.compile("Invalid function call:\\s*(\\w+)\\(");

    private final String function;
    private final String reason;
    private SqlCall found;

    private CallFinder(String function, String reason) {
        this.function = function;
        this.reason = reason;
    }

    /** The call that a failure is about, if it is about one. */
    static Optional<SqlNode> find(SqlNode query, Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            Matcher call = CALL.matcher(String.valueOf(t.getMessage()));
            if (call.find()) {
                CallFinder finder = new CallFinder(call.group(1), Session.rootMessage(failure));
                query.accept(finder);
                return Optional.ofNullable(finder.found);
            }
        }
        return Optional.empty();
    }

    @Override
    public Void visit(SqlCall call) {
        boolean named = call.getOperator().getName().equalsIgnoreCase(function);
        if (named && (found == null || quoted(call))) {
            found = call;
        }
        return super.visit(call);
    }

    /** Whether the reason quotes a literal of the call: then it is this one of several calls. */
    private boolean quoted(SqlCall call) {
        return call.getOperandList().stream()
                .anyMatch(
                        operand ->
                                operand instanceof SqlLiteral literal
                                        && reason.contains("'" + literal.toValue() + "'"));
    }
}
