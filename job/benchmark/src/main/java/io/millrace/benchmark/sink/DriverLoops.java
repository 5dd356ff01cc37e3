package io.millrace.benchmark.sink;

import com.taosdata.jdbc.ws.TSWSPreparedStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Writing with the driver alone, as who knows it well would. */
final class DriverLoops {
    private static final int ROWS = 10_000;
    private static final int FEW_ROWS = 500;

    private DriverLoops() {}

    /** By columns; with a row for each table, as text. */
    static void fastest(Shape shape, Server server, String database, Meter meter)
            throws SQLException {
        try (Connection connection = server.connect()) {
            switch (shape) {
                case ONE_TABLE -> oneTable(connection, database, meter);
                case HUNDRED_TABLES -> byColumns(connection, database, shape.tables(), meter);
                case TEN_THOUSAND_TABLES -> asText(connection, database, shape.tables(), meter);
            }
        }
    }

    private static final class Columns {
        final List<Long> times = new ArrayList<>();
        final List<Float> temps = new ArrayList<>();
        final List<Float> hums = new ArrayList<>();

        void add(Values values) {
            times.add(values.time());
            temps.add(values.temp());
            hums.add(values.hum());
        }

        void bind(TSWSPreparedStatement statement) throws SQLException {
            statement.setTimestamp(0, times);
            statement.setFloat(1, temps);
            statement.setFloat(2, hums);
            statement.columnDataAddBatch();
        }
    }

    private static void oneTable(Connection connection, String database, Meter meter)
            throws SQLException {
        try (PreparedStatement prepared =
                connection.prepareStatement("INSERT INTO " + database + ".t VALUES (?,?,?)")) {
            TSWSPreparedStatement statement = prepared.unwrap(TSWSPreparedStatement.class);
            long number = 0;
            do {
                Columns columns = new Columns();
                for (int i = 0; i < ROWS; i++) {
                    columns.add(Values.of(number++, 1));
                }
                columns.bind(statement);
                statement.columnDataExecuteBatch();
            } while (meter.count(ROWS));
        }
    }

    private static void byColumns(Connection connection, String database, int tables, Meter meter)
            throws SQLException {
        try (PreparedStatement prepared =
                connection.prepareStatement(
                        "INSERT INTO "
                                + database
                                + ".st (tbname,device,ts,temp,hum) VALUES (?,?,?,?,?)")) {
            TSWSPreparedStatement statement = prepared.unwrap(TSWSPreparedStatement.class);
            long number = 0;
            do {
                for (int table = 0; table < tables; table++) {
                    Columns columns = new Columns();
                    for (int i = 0; i < ROWS / tables; i++) {
                        columns.add(Values.of(number + (long) i * tables + table, tables));
                    }
                    statement.setTableName("d_" + table);
                    statement.setTagInt(0, table);
                    columns.bind(statement);
                }
                number += ROWS;
                statement.columnDataExecuteBatch();
            } while (meter.count(ROWS));
        }
    }

    private static void asText(Connection connection, String database, int tables, Meter meter)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            StringBuilder sql = new StringBuilder(1 << 20);
            boolean[] known = new boolean[tables];
            long number = 0;
            do {
                sql.setLength(0);
                sql.append("INSERT INTO");
                for (int i = 0; i < ROWS; i++) {
                    Values values = Values.of(number++, tables);
                    int device = values.device();
                    sql.append(' ').append(database).append(".d_").append(device);
                    if (!known[device]) {
                        known[device] = true;
                        sql.append(" USING ").append(database).append(".st TAGS (");
                        sql.append(device).append(')');
                    }
                    sql.append(" VALUES (").append(values.time()).append(',');
                    sql.append(values.temp()).append(',').append(values.hum()).append(')');
                }
                statement.executeUpdate(sql.toString());
            } while (meter.count(ROWS));
        }
    }

    /** As Flink connectors that know only JDBC do it. */
    static void rowByRow(Shape shape, Server server, String database, Meter meter)
            throws SQLException {
        boolean one = shape == Shape.ONE_TABLE;
        String sql =
                one
                        ? "INSERT INTO " + database + ".t (ts,temp,hum) VALUES (?,?,?)"
                        : "INSERT INTO "
                                + database
                                + ".st (tbname,ts,temp,hum,device) VALUES (?,?,?,?,?)";
        try (Connection connection = server.connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            long number = 0;
            do {
                for (int i = 0; i < FEW_ROWS; i++) {
                    Values values = Values.of(number++, shape.tables());
                    int parameter = 1;
                    if (!one) {
                        statement.setString(parameter++, "d_" + values.device());
                    }
                    statement.setLong(parameter++, values.time());
                    statement.setFloat(parameter++, values.temp());
                    statement.setFloat(parameter++, values.hum());
                    if (!one) {
                        statement.setInt(parameter, values.device());
                    }
                    statement.addBatch();
                }
                statement.executeBatch();
            } while (meter.count(FEW_ROWS));
        }
    }
}
