package io.millrace.devkit.tdengine.engine;

/** Options of a database as TDengine shows them. */
final class DatabaseOptions {
    private DatabaseOptions() {}

    static int number(Database database, String option, int otherwise) {
        String value = database.option(option);
        try {
            return value == null ? otherwise : Integer.parseInt(value);
        } catch (NumberFormatException noNumber) {
            return otherwise;
        }
    }

    static String text(Database database, String option, String otherwise) {
        String value = database.option(option);
        return value == null ? otherwise : value;
    }

    /** With a unit, days if none was given. */
    static String days(String value) {
        return Character.isDigit(value.charAt(value.length() - 1)) ? value + "d" : value;
    }

    /** Always three values. */
    static String keep(Database database) {
        String[] values = database.option("KEEP").split(",");
        StringBuilder keep = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            keep.append(i == 0 ? "" : ",").append(days(values[Math.min(i, values.length - 1)]));
        }
        return keep.toString();
    }
}
