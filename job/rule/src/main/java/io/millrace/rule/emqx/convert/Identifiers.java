package io.millrace.rule.emqx.convert;

import java.io.StringReader;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImpl;

/** Writes names and texts as Flink SQL. Stateless. */
final class Identifiers {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    private static final SqlAbstractParserImpl.Metadata WORDS =
            FlinkSqlParserImpl.FACTORY.getParser(new StringReader("")).getMetadata();

    private Identifiers() {}

    /** A name, quoted if it must be. */
    static String name(String name) {
        return PLAIN.matcher(name).matches() && !WORDS.isReservedWord(name.toUpperCase(Locale.ROOT))
                ? name
                : "`" + name.replace("`", "``") + "`";
    }

    /** A topic filter as the name of a table. */
    static String topic(String filter) {
        return filter.indexOf('"') < 0 && filter.indexOf('`') < 0
                ? "\"" + filter + "\""
                : "`" + filter.replace("`", "``") + "`";
    }

    static String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
