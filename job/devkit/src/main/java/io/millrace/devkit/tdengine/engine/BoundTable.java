package io.millrace.devkit.tdengine.engine;

import java.util.List;

/**
 * Rows that a driver binds for one table. One message can hold the same table several times.
 *
 * @param name the table's name, or null if the statement has it
 * @param tags a value for each tag that the statement binds; may be empty
 * @param columns values for each column that the statement binds
 */
public record BoundTable(String name, List<BoundColumn> tags, List<BoundColumn> columns) {}
