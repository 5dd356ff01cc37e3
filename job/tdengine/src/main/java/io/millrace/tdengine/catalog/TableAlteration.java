package io.millrace.tdengine.catalog;

import io.millrace.common.Problems;
import io.millrace.tdengine.client.SqlText;
import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.client.TargetTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.TableChange;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/** Writes ALTER TABLE. Belongs to one statement. */
final class TableAlteration {
    private final TargetTable table;
    private final Problems problems = new Problems();

    /** A set, since changing a column's type and comment may mean the same. */
    private final Set<String> statements = new LinkedHashSet<>();

    private TableAlteration(TargetTable table) {
        this.table = table;
    }

    /**
     * Changes a table.
     *
     * @return statements, in order
     * @throws ValidationException with all that TDengine cannot do
     */
    static List<String> statements(TargetTable table, List<TableChange> changes) {
        TableAlteration alteration = new TableAlteration(table);
        alteration.problems.require(
                table.kind() != TargetTable.Kind.SUB_TABLE,
                "'"
                        + table.name()
                        + "' is a sub-table and has the columns of its super table. Alter that.");
        changes.forEach(alteration::change);
        alteration.problems.throwIfAny(ValidationException::new);
        return new ArrayList<>(alteration.statements);
    }

    private void change(TableChange change) {
        if (change instanceof TableChange.AddColumn add) {
            add(add);
        } else if (change instanceof TableChange.DropColumn drop) {
            drop(drop.getColumnName());
        } else if (change instanceof TableChange.ModifyColumnName rename) {
            rename(rename.getOldColumnName(), rename.getNewColumnName());
        } else if (change instanceof TableChange.ModifyPhysicalColumnType modify) {
            retype(modify.getOldColumn().getName(), modify.getNewType());
        } else if (change instanceof TableChange.ModifyColumnComment modify) {
            String name = modify.getOldColumn().getName();
            Optional<TargetColumn> wanted =
                    DeclaredColumn.said(name, modify.getNewComment(), TargetColumn.Role.VALUE);
            problems.require(
                    wanted.isPresent(),
                    "The comment '"
                            + modify.getNewComment()
                            + "' of column '"
                            + name
                            + "' is no type of TDengine, and other comments are not kept.");
            wanted.ifPresent(column -> widen(name, column));
        } else {
            problems.add(
                    "TDengine cannot change this of table '"
                            + table.name()
                            + "': "
                            + change.getClass().getSimpleName()
                            + ". It adds, drops and widens columns and tags, and renames tags and,"
                            + " in a table that is no super table, columns.");
        }
    }

    private void add(TableChange.AddColumn add) {
        Column column = add.getColumn();
        if (!column.isPhysical()) {
            problems.add(
                    "Column '"
                            + column.getName()
                            + "' is computed or metadata, which TDengine does not keep.");
            return;
        }
        problems.require(
                add.getPosition() == null,
                "Column '"
                        + column.getName()
                        + "' is added at a place of its own; TDengine adds at the end. Leave FIRST"
                        + " and AFTER out.");
        TargetColumn declared =
                DeclaredColumn.of(
                        column.getName(),
                        column.getDataType(),
                        column.getComment().orElse(null),
                        TargetColumn.Role.VALUE,
                        table.precision(),
                        problems);
        if (declared == null) {
            return;
        }
        problems.require(
                declared.role() != TargetColumn.Role.KEY,
                "Column '" + declared.name() + "' cannot become part of the key later.");
        problems.require(
                !declared.isTag() || table.isSuperTable(),
                "Column '"
                        + declared.name()
                        + "' is to be a tag, but table '"
                        + table.name()
                        + "' is no super table.");
        statement("ADD " + kind(declared) + " " + TableDdl.define(declared));
    }

    private void drop(String name) {
        existing(name)
                .ifPresent(
                        column -> {
                            problems.require(
                                    column.role() == TargetColumn.Role.VALUE || column.isTag(),
                                    "Column '"
                                            + name
                                            + "' is part of the key and cannot be dropped.");
                            statement("DROP " + kind(column) + " " + SqlText.name(column.name()));
                        });
    }

    private void rename(String name, String by) {
        NameRules.check(problems, "column", by, NameRules.LONGEST_COLUMN);
        existing(name)
                .ifPresent(
                        column -> {
                            problems.require(
                                    column.isTag() || !table.isSuperTable(),
                                    "Column '"
                                            + name
                                            + "' of super table '"
                                            + table.name()
                                            + "' cannot be renamed; only its tags can.");
                            problems.throwIfAny(ValidationException::new);
                            statement(
                                    "RENAME "
                                            + kind(column)
                                            + " "
                                            + SqlText.name(column.name())
                                            + " "
                                            + SqlText.name(by));
                        });
    }

    /** A new length counts as the column's type does: NCHAR characters, others bytes. */
    private void retype(String name, DataType type) {
        existing(name)
                .ifPresent(
                        column -> {
                            LogicalTypeRoot root = type.getLogicalType().getTypeRoot();
                            boolean sized =
                                    switch (column.type()) {
                                        case VARCHAR, NCHAR, GEOMETRY ->
                                                root == LogicalTypeRoot.VARCHAR
                                                        || root == LogicalTypeRoot.CHAR;
                                        case VARBINARY ->
                                                root == LogicalTypeRoot.VARBINARY
                                                        || root == LogicalTypeRoot.BINARY;
                                        default -> false;
                                    };
                            if (!sized) {
                                refuseType(column, type.getLogicalType().asSummaryString());
                                return;
                            }
                            int length = LogicalTypeChecks.getLength(type.getLogicalType());
                            widen(
                                    name,
                                    new TargetColumn(
                                            column.name(),
                                            column.type(),
                                            length,
                                            0,
                                            column.role()));
                        });
    }

    private void widen(String name, TargetColumn wanted) {
        existing(name)
                .ifPresent(
                        column -> {
                            if (wanted.type() != column.type()
                                    || wanted.length() < column.length()
                                    || wanted.length() == Integer.MAX_VALUE) {
                                refuseType(column, wanted.describeType());
                            } else if (wanted.length() > column.length()) {
                                statement(
                                        "MODIFY "
                                                + kind(column)
                                                + " "
                                                + SqlText.name(column.name())
                                                + " "
                                                + wanted.describeType());
                            }
                        });
    }

    private void refuseType(TargetColumn column, String wanted) {
        problems.add(
                "Column '"
                        + column.name()
                        + "' is "
                        + column.describeType()
                        + " and cannot become "
                        + wanted
                        + "; TDengine only makes VARCHAR, NCHAR, VARBINARY and GEOMETRY longer.");
    }

    private Optional<TargetColumn> existing(String name) {
        Optional<TargetColumn> column = table.column(name);
        problems.require(
                column.isPresent(),
                "Column '"
                        + name
                        + "' is none of table '"
                        + table.name()
                        + "' in TDengine. It has: "
                        + table.describeColumns()
                        + ".");
        return column;
    }

    private static String kind(TargetColumn column) {
        return column.isTag() ? "TAG" : "COLUMN";
    }

    private void statement(String change) {
        statements.add(
                "ALTER "
                        + (table.isSuperTable() ? "STABLE " : "TABLE ")
                        + SqlText.name(table.database())
                        + "."
                        + SqlText.name(table.name())
                        + " "
                        + change);
    }
}
