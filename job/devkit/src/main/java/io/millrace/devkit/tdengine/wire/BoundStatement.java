package io.millrace.devkit.tdengine.wire;

import io.millrace.devkit.tdengine.engine.BoundTable;
import io.millrace.devkit.tdengine.engine.Prepared;
import io.millrace.devkit.tdengine.engine.Result;
import io.millrace.devkit.tdengine.sql.TaosException;
import java.util.List;
import java.util.function.Supplier;

/**
 * One statement that a driver prepares, binds and executes, with the server's habits: once one of
 * these has failed it fails for ever in the same way.
 */
final class BoundStatement {
    private Prepared prepared;
    private String sql = "";
    private TaosException failure;
    private boolean bound;
    private boolean executionFailed;
    private Result result;

    /** The statement's text. */
    String sql() {
        return sql;
    }

    /** Whether it writes rows. */
    boolean isInsert() {
        return prepared != null && prepared.isInsert();
    }

    /**
     * Whether values bound now would hit the bug that ends a real taosAdapter's process: those that
     * follow an execution that failed.
     */
    boolean isBroken() {
        return executionFailed;
    }

    Prepared prepare(String text, Supplier<Prepared> preparing) {
        sql = text;
        keepingFailure(
                () -> {
                    prepared = preparing.get();
                    bound = !prepared.isInsert() && prepared.parameters() == 0;
                    return null;
                });
        return prepared;
    }

    void bind(List<BoundTable> tables) {
        keepingFailure(
                () -> {
                    required(prepared != null).bind(tables);
                    bound = bound || !tables.isEmpty();
                    return null;
                });
    }

    Result execute() {
        result = null;
        return keepingFailure(
                () -> {
                    required(prepared != null && (bound || !prepared.isInsert()));
                    bound = !prepared.isInsert();
                    try {
                        result = prepared.execute();
                        return result;
                    } catch (TaosException refusal) {
                        executionFailed();
                        throw refusal;
                    }
                });
    }

    /** Its execution has been refused, by itself or by order. */
    void executionFailed() {
        bound = !isInsert();
        executionFailed = isInsert();
    }

    /** What the last execution gave back. */
    Result result() {
        required(result != null);
        return result;
    }

    private Prepared required(boolean inOrder) {
        if (!inOrder) {
            throw new TaosException(0x22a, "Stmt API usage error");
        }
        return prepared;
    }

    /** Takes a step that, when it fails, spoils the statement. */
    <T> T keepingFailure(Supplier<T> step) {
        if (failure != null) {
            throw failure;
        }
        try {
            return step.get();
        } catch (TaosException refusal) {
            if (!executionFailed) { // then nothing is bound any more, which is failure enough
                failure = refusal;
            }
            throw refusal;
        }
    }
}
