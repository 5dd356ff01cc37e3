package io.millrace.functions;

import io.millrace.functions.library.Library;
import io.millrace.functions.library.Overload;
import io.millrace.functions.library.RuleFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.module.CoreModule;
import org.apache.flink.table.types.inference.Signature;

/** The parts of FUNCTIONS.md that are written from the code. */
final class FunctionsPage {
    /** Not of the broker's rules, so not in the library. */
    private static final RuleFunction TO_TS =
            new RuleFunction(
                    "to_ts",
                    "date-time",
                    "A number of the unit since 1970-01-01T00:00:00Z as a time.",
                    "EMQX has no such function, since its rules know no times.",
                    true,
                    false,
                    List.of(),
                    List.of(new RuleFunction.Example("to_ts(1676609763123, 'millisecond')", null)));

    /** Names that Flink's parser reads as its own syntax, whatever the order of modules. */
    static final Set<String> NEVER_OURS = Set.of();

    private final MillraceModule module = new MillraceModule();
    private final Map<String, Map<String, RuleFunction>> groups = new TreeMap<>();

    FunctionsPage() {
        Library.standard().functions().stream()
                .filter(function -> module.listFunctions().contains(function.name()))
                .forEach(this::add);
        add(TO_TS);
    }

    private void add(RuleFunction function) {
        groups.computeIfAbsent(function.group(), group -> new TreeMap<>())
                .put(function.name(), function);
    }

    /** Names of all functions by group, linked. */
    String index() {
        List<String> lines = new ArrayList<>();
        groups.forEach(
                (group, functions) ->
                        lines.add(
                                "* **%s**: %s"
                                        .formatted(
                                                group,
                                                functions.keySet().stream()
                                                        .map(n -> "[`" + n + "`](#" + n + ")")
                                                        .collect(Collectors.joining(", ")))));
        return String.join("\n", lines) + "\n";
    }

    /** Names that Flink has too. */
    String shared() {
        return names(module.listFunctions().stream().filter(FunctionsPage::isFlinks).toList());
    }

    /** Names that need back-quotes. */
    String quoted() {
        return names(
                module.listFunctions().stream().filter(SqlExample.RESERVED::contains).toList());
    }

    private static String names(List<String> names) {
        return new TreeSet<>(names)
                        .stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "))
                + "\n";
    }

    private static boolean isFlinks(String name) {
        return CoreModule.INSTANCE.listFunctions().stream().anyMatch(name::equalsIgnoreCase);
    }

    /** All functions. */
    String functions() {
        StringBuilder page = new StringBuilder();
        groups.forEach(
                (group, functions) -> {
                    page.append("## ").append(group).append("\n\n");
                    functions.values().forEach(function -> page.append(entry(function)));
                });
        return page.toString();
    }

    private String entry(RuleFunction function) {
        StringBuilder entry = new StringBuilder("### " + function.name() + "\n\n");
        entry.append(function.description()).append("\n\n");
        signatures(function).forEach(line -> entry.append("* ").append(line).append("\n"));
        for (RuleFunction.Example example : function.examples()) {
            SqlExample sql = SqlExample.of(example);
            entry.append("* `` %s ``".formatted(sql.isSql() ? sql.sql() : example.call()));
            entry.append(sql.answer() == null ? "" : " gives `%s`".formatted(sql.answer()));
            entry.append(sql.isSql() ? "\n" : " in the EMQX dialect\n");
        }
        notes(function).forEach(note -> entry.append("* ").append(note).append("\n"));
        return entry.append("\n").toString();
    }

    private List<String> signatures(RuleFunction function) {
        MillraceFunction definition = (MillraceFunction) definition(function.name());
        String name = SqlExample.name(function.name());
        List<String> answers = answers(function);
        List<Signature> signatures = definition.signatures().getExpectedSignatures(definition);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < signatures.size(); i++) {
            lines.add(
                    "`` %s(%s) `` → %s"
                            .formatted(
                                    name,
                                    signatures.get(i).getArguments().stream()
                                            .map(FunctionsPage::argument)
                                            .collect(Collectors.joining(", ")),
                                    answers.get(Math.min(i, answers.size() - 1))));
        }
        return lines;
    }

    private static String argument(Signature.Argument argument) {
        return argument.getName().orElse("") + " " + argument.getType();
    }

    private static List<String> answers(RuleFunction function) {
        if (function == TO_TS) {
            return List.of("TIMESTAMP_LTZ of the unit's precision (3, 6, 9)");
        }
        List<String> answers = new ArrayList<>();
        for (Overload overload : function.overloads()) {
            answers.add(Answer.of(function, overload).description());
        }
        return answers;
    }

    private FunctionDefinition definition(String name) {
        return module.getFunctionDefinition(name).orElseThrow();
    }

    private List<String> notes(RuleFunction function) {
        List<String> notes = new ArrayList<>();
        if (!function.difference().isEmpty()) {
            notes.add("In Flink: " + function.difference());
        }
        if (!NullArguments.describe(function).isEmpty()) {
            notes.add(NullArguments.describe(function));
        }
        if (!definition(function.name()).isDeterministic()) {
            notes.add("Not deterministic: equal arguments may give different answers.");
        }
        if (isFlinks(function.name())) {
            notes.add("Flink has a function of this name, which goes first (see above).");
        }
        return notes;
    }
}
