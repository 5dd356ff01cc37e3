package io.millrace.tdengine.catalog;

import io.millrace.common.Problems;
import io.millrace.tdengine.client.FlinkTypes;
import io.millrace.tdengine.client.TDengineType;
import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.client.TimePrecision;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * Which column of TDengine is meant by one of Flink's: the one that its comment names, as this
 * catalog shows them ({@code COMMENT 'VARCHAR(20)'}, {@code 'INT UNSIGNED'}, {@code 'JSON TAG'});
 * else the one that holds all of its values. Stateless.
 */
final class DeclaredColumn {
    private static final int UNBOUNDED = Integer.MAX_VALUE;
    private static final Pattern COMMENT =
            Pattern.compile(
                    "(?i)\\s*([a-z][a-z ]*?)\\s*(?:\\(\\s*(\\d{1,6})\\s*(?:,\\s*(\\d{1,2})\\s*)?\\))?"
                            + "(\\s+TAG|\\s+PRIMARY\\s+KEY)?\\s*");

    private DeclaredColumn() {}

    /**
     * The column that is meant.
     *
     * @param comment may be null
     * @param role what it is unless the comment says that it is a tag or key
     * @return null if there are problems
     */
    static TargetColumn of(
            String name,
            DataType type,
            String comment,
            TargetColumn.Role role,
            TimePrecision precision,
            Problems problems) {
        LogicalType logical = type.getLogicalType();
        Optional<TargetColumn> said = said(name, comment, role);
        TargetColumn column = said.orElseGet(() -> fitting(name, logical, role));
        NameRules.check(problems, "column", name, NameRules.LONGEST_COLUMN);
        if (column == null) {
            problems.add(
                    "Column '"
                            + name
                            + "' is "
                            + logical.asSummaryString()
                            + ", for which TDengine has no type."
                            + advice(logical));
            return null;
        }
        boolean fits =
                FlinkTypes.of(column, precision)
                        .map(shown -> shown.getLogicalType().getTypeRoot())
                        .filter(shown -> isNear(shown, logical))
                        .isPresent();
        problems.require(
                fits,
                "Column '"
                        + name
                        + "' is "
                        + logical.asSummaryString()
                        + " and its comment says "
                        + column.describeType()
                        + "; these do not go together.");
        if (column.type() == TDengineType.TIMESTAMP && fits) {
            int digits = LogicalTypeChecks.getPrecision(logical);
            problems.require(
                    digits <= precision.digits(),
                    "Column '"
                            + name
                            + "' is "
                            + logical.asSummaryString()
                            + ", but its database keeps "
                            + precision.digits()
                            + " decimals of a second. Declare TIMESTAMP_LTZ("
                            + precision.digits()
                            + ").");
        }
        return column;
    }

    private static boolean isNear(LogicalTypeRoot shown, LogicalType declared) {
        return switch (declared.getTypeRoot()) {
            case CHAR -> shown == LogicalTypeRoot.VARCHAR;
            case BINARY -> shown == LogicalTypeRoot.VARBINARY;
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                    shown == LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
            default -> shown == declared.getTypeRoot();
        };
    }

    private static String advice(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case VARCHAR ->
                    " Give it a length, such as VARCHAR(64), or name the type: COMMENT"
                            + " 'NCHAR(64)' counts characters, 'VARCHAR(64)' bytes.";
            case VARBINARY -> " Give it a length in bytes: COMMENT 'VARBINARY(64)'.";
            default -> "";
        };
    }

    /** What a comment says, if it is a type of TDengine. */
    static Optional<TargetColumn> said(String name, String comment, TargetColumn.Role role) {
        Matcher matcher = COMMENT.matcher(comment == null ? "" : comment);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        TDengineType type = TDengineType.parse(matcher.group(1).replaceAll("\\s+", " "));
        boolean sized = hasLength(type);
        if (type == TDengineType.UNKNOWN || sized != (matcher.group(2) != null)) {
            return Optional.empty();
        }
        String end = matcher.group(4) == null ? "" : matcher.group(4).strip();
        TargetColumn.Role used =
                end.isEmpty()
                        ? role
                        : end.toUpperCase(Locale.ROOT).equals("TAG")
                                ? TargetColumn.Role.TAG
                                : TargetColumn.Role.KEY;
        return Optional.of(
                new TargetColumn(
                        name,
                        type,
                        sized ? Integer.parseInt(matcher.group(2)) : 0,
                        matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3)),
                        used));
    }

    static boolean hasLength(TDengineType type) {
        return switch (type) {
            case VARCHAR, NCHAR, VARBINARY, GEOMETRY, DECIMAL -> true;
            default -> false;
        };
    }

    private static TargetColumn fitting(String name, LogicalType type, TargetColumn.Role role) {
        return switch (type.getTypeRoot()) {
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_WITHOUT_TIME_ZONE ->
                    column(name, TDengineType.TIMESTAMP, 0, 0, role);
            case BOOLEAN -> column(name, TDengineType.BOOL, 0, 0, role);
            case TINYINT -> column(name, TDengineType.TINYINT, 0, 0, role);
            case SMALLINT -> column(name, TDengineType.SMALLINT, 0, 0, role);
            case INTEGER -> column(name, TDengineType.INT, 0, 0, role);
            case BIGINT -> column(name, TDengineType.BIGINT, 0, 0, role);
            case FLOAT -> column(name, TDengineType.FLOAT, 0, 0, role);
            case DOUBLE -> column(name, TDengineType.DOUBLE, 0, 0, role);
            case DECIMAL ->
                    column(
                            name,
                            TDengineType.DECIMAL,
                            ((DecimalType) type).getPrecision(),
                            ((DecimalType) type).getScale(),
                            role);
            // Flink counts characters, as NCHAR does.
            case CHAR, VARCHAR -> sized(name, TDengineType.NCHAR, type, role);
            case BINARY, VARBINARY -> sized(name, TDengineType.VARBINARY, type, role);
            default -> null;
        };
    }

    private static TargetColumn sized(
            String name, TDengineType tdengine, LogicalType type, TargetColumn.Role role) {
        int length = LogicalTypeChecks.getLength(type);
        return length == UNBOUNDED ? null : column(name, tdengine, length, 0, role);
    }

    private static TargetColumn column(
            String name, TDengineType type, int length, int scale, TargetColumn.Role role) {
        return new TargetColumn(name, type, length, scale, role);
    }
}
