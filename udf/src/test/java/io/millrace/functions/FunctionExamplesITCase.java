package io.millrace.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.functions.library.Library;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.module.CoreModule;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.types.variant.Variant;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of FUNCTIONS.md in Flink SQL, and which names are how SQL reads them. */
class FunctionExamplesITCase {
    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(1)
                            .build());

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final MillraceModule module = new MillraceModule();
    private final TableEnvironment session =
            TableEnvironment.create(EnvironmentSettings.inStreamingMode());

    @BeforeEach
    void loadTheModule() {
        session.getConfig().set("parallelism.default", "1");
        session.getConfig().set("table.local-time-zone", "UTC");
        session.executeSql("LOAD MODULE millrace");
    }

    @Test
    void answerWhatThePageSays() throws JsonProcessingException {
        session.executeSql("USE MODULES millrace, core");
        List<SqlExample> examples = new ArrayList<>();
        List<String> notSql = new ArrayList<>();
        Library.standard().functions().stream()
                .filter(function -> module.listFunctions().contains(function.name()))
                .flatMap(function -> function.examples().stream())
                .map(SqlExample::of)
                .forEach(
                        example -> {
                            String problem = problem("SELECT " + example.sql());
                            if (problem.isEmpty()) {
                                examples.add(example);
                            } else {
                                notSql.add(example.sql() + ": " + problem);
                            }
                        });
        assertThat(notSql).isEmpty();

        Row row =
                query(
                        "SELECT "
                                + examples.stream()
                                        .map(SqlExample::sql)
                                        .collect(Collectors.joining(", ")));

        Map<String, JsonNode> expected = new LinkedHashMap<>();
        Map<String, JsonNode> given = new LinkedHashMap<>();
        for (int i = 0; i < examples.size(); i++) {
            SqlExample example = examples.get(i);
            if (example.answer() != null) {
                expected.put(example.sql(), JSON.readTree(example.answer()));
                given.put(
                        example.sql(),
                        JSON.readTree(JSON.writeValueAsString(plain(row.getField(i)))));
            }
        }
        assertThat(given).isEqualTo(expected);
    }

    private static Object plain(Object value) throws JsonProcessingException {
        if (value instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        if (value instanceof Variant variant) {
            return JSON.readTree(variant.toJson());
        }
        if (value instanceof Row row) {
            Map<String, Object> members = new LinkedHashMap<>();
            for (String name : row.getFieldNames(true)) {
                members.put(name, plain(row.getField(name)));
            }
            return members;
        }
        if (value != null && value.getClass().isArray()) {
            List<Object> elements = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                elements.add(plain(Array.get(value, i)));
            }
            return elements;
        }
        return value;
    }

    @Test
    void backQuotesAreNeededForWordsOfSqlOnly() {
        TreeSet<String> different = new TreeSet<>();
        for (String name : module.listFunctions()) {
            String arguments = "(INTERVAL '1' DAY)";
            String bare = problem("SELECT " + name + arguments);
            if (!bare.equals(problem("SELECT `" + name + "`" + arguments))) {
                different.add(name);
            }
        }
        TreeSet<String> reserved = new TreeSet<>(SqlExample.RESERVED);
        reserved.retainAll(module.listFunctions());
        assertThat(different).isEqualTo(reserved);
    }

    @Test
    void flinksOwnGoFirstUnlessAskedOtherwise() {
        TreeSet<String> shared = new TreeSet<>(module.listFunctions());
        shared.retainAll(CoreModule.INSTANCE.listFunctions());

        assertThat(oursOf(shared)).isEmpty();
        session.executeSql("USE MODULES millrace, core");
        TreeSet<String> flinks = new TreeSet<>(shared);
        flinks.removeAll(oursOf(shared));
        assertThat(flinks).isEqualTo(FunctionsPage.NEVER_OURS);
    }

    /** Those that refuse a day in the words of this module. */
    private TreeSet<String> oursOf(TreeSet<String> names) {
        TreeSet<String> ours = new TreeSet<>();
        for (String name : names) {
            String day = "INTERVAL '1' DAY";
            String problems = "";
            for (String arguments = day; arguments.length() < 160; arguments += ", " + day) {
                problems += problem("SELECT `" + name + "`(" + arguments + ")");
            }
            if (problems.contains(name + ": ")) {
                ours.add(name);
            }
        }
        return ours;
    }

    /** What the planner says against a query, or an empty text. */
    private String problem(String sql) {
        try {
            session.explainSql(sql);
            return "";
        } catch (RuntimeException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            return String.valueOf(root.getMessage())
                    .lines()
                    .findFirst()
                    .orElse("")
                    .replaceAll("column \\d+", "");
        }
    }

    private Row query(String sql) {
        List<Row> rows = CollectionUtil.iteratorToList(session.executeSql(sql).collect());
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }
}
