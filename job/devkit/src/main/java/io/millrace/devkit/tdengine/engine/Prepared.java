package io.millrace.devkit.tdengine.engine;

import java.util.List;

/**
 * A statement whose {@code ?} get their values later: what taosAdapter calls stmt2. Used by one
 * thread at a time.
 */
public sealed interface Prepared permits PreparedInsert, PreparedText {
    /** Whether it writes rows. */
    boolean isInsert();

    /** What each {@code ?} of an insert is, in their order; empty for other statements. */
    List<BindField> fields();

    /** Number of {@code ?}. */
    int parameters();

    /**
     * Takes values. An insert collects them until it is executed; other statements keep the last.
     *
     * @throws io.millrace.devkit.tdengine.sql.TaosException as TDengine would refuse them
     */
    void bind(List<BoundTable> tables);

    /**
     * Executes it with the values that were bound since the last time.
     *
     * @throws io.millrace.devkit.tdengine.sql.TaosException as TDengine would refuse them
     */
    Result execute();
}
