package io.millrace.tdengine.sink.row;

import io.millrace.tdengine.client.TDengineType;
import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.client.TargetColumn.Role;
import io.millrace.tdengine.client.TargetTable;
import io.millrace.tdengine.client.TimePrecision;
import java.util.ArrayList;
import java.util.List;

/** Tables as a server might describe them. */
public final class Tables {
    private Tables() {}

    /**
     * Columns are written as SQL does: {@code "v INT"}, {@code "n NCHAR(8)"}, {@code "t INT TAG"}.
     */
    public static TargetTable of(String name, TimePrecision precision, String... columns) {
        List<TargetColumn> parsed = new ArrayList<>();
        boolean tags = false;
        for (String column : columns) {
            String[] nameAndRest = column.split(" ", 2);
            String type = nameAndRest[1];
            Role role = parsed.isEmpty() ? Role.TIME : Role.VALUE;
            if (type.endsWith(" TAG")) {
                role = Role.TAG;
                tags = true;
            } else if (type.endsWith(" KEY")) {
                role = Role.KEY;
            }
            type = type.replaceFirst(" (TAG|KEY)$", "");
            String[] numbers = type.replaceFirst("^[^(]*\\(?", "").replace(")", "").split(",");
            parsed.add(
                    new TargetColumn(
                            nameAndRest[0],
                            TDengineType.parse(type),
                            numbers[0].isEmpty() ? 8 : Integer.parseInt(numbers[0].strip()),
                            numbers.length > 1 ? Integer.parseInt(numbers[1].strip()) : 0,
                            role));
        }
        return new TargetTable(
                "db",
                name,
                tags ? TargetTable.Kind.SUPER_TABLE : TargetTable.Kind.TABLE,
                precision,
                3650L * 24 * 60,
                parsed);
    }
}
