package io.millrace.rule.plan;

import io.millrace.rule.JobOperator;
import io.millrace.rule.OperatorUid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamGraphHasherV2;
import org.apache.flink.streaming.api.graph.StreamNode;

/**
 * Gives each operator of a job a uid of its own. Without one Flink finds state by the operator's
 * place in the job, which changes with each rule that is added, and knows nobody to ask when the
 * state of a savepoint has no operator any more.
 */
final class OperatorUids {
    private static final Pattern NUMBER_OF_NODE = Pattern.compile("\\[\\d+\\]");
    private static final Pattern WRITER =
            Pattern.compile("(.*?)\\[\\d+\\](: (?:Writer|Committer))");
    private static final String OWN_TABLE = " of rule ";

    private final StreamGraph graph;
    private final Map<String, String> targets;
    private final String settings;
    private final Map<Integer, Set<String>> rules = new HashMap<>();
    private final Map<Integer, String> meanings = new HashMap<>();
    private final Set<String> given = new HashSet<>();

    /**
     * @param targets by each rule's name the last part of that of its table
     * @param settings what of Flink's settings decides on the form of state
     */
    OperatorUids(StreamGraph graph, Map<String, String> targets, String settings) {
        this.graph = graph;
        this.targets = targets;
        this.settings = settings;
    }

    /** Names all operators that have no name yet, and lists all of them. */
    List<JobOperator> give() {
        List<StreamNode> nodes = graph.getStreamNodesSortedTopologicallyFromSources();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            rules.put(nodes.get(i).getId(), rulesOf(nodes.get(i)));
        }
        List<JobOperator> operators = new ArrayList<>();
        for (StreamNode node : nodes) {
            String meaning = meaning(node);
            meanings.put(node.getId(), meaning);
            if (node.getTransformationUID() == null) {
                graph.setTransformationUID(node.getId(), uid(node, meaning));
            }
            String uid = node.getTransformationUID();
            String id =
                    new OperatorID(StreamGraphHasherV2.generateUserSpecifiedHash(uid))
                            .toHexString();
            operators.add(new JobOperator(id, uid, List.copyOf(rules.get(node.getId()))));
        }
        return operators;
    }

    private Set<String> rulesOf(StreamNode node) {
        Set<String> names = new TreeSet<>();
        for (StreamEdge edge : node.getOutEdges()) {
            names.addAll(rules.get(edge.getTargetId()));
        }
        Matcher writer = WRITER.matcher(node.getOperatorName());
        if (names.isEmpty() && writer.matches()) {
            names.addAll(writers(writer.group(1)));
        }
        return names;
    }

    private Collection<String> writers(String table) {
        // Most tables are copies for one rule, and a rule's name may end as another's does.
        Optional<String> owner =
                targets.keySet().stream()
                        .filter(rule -> table.endsWith(OWN_TABLE + rule))
                        .max(Comparator.comparingInt(String::length));
        return owner.map(Set::of)
                .orElseGet(
                        () ->
                                targets.entrySet().stream()
                                        .filter(target -> target.getValue().equals(table))
                                        .map(Map.Entry::getKey)
                                        .collect(Collectors.toSet()));
    }

    private String meaning(StreamNode node) {
        if (graph.getSourceIDs().contains(node.getId())) {
            return "";
        }
        List<byte[]> types =
                Stream.of(node.getTypeSerializersIn()).map(OperatorUids::bytes).toList();
        List<String> inputs =
                node.getInEdges().stream().map(edge -> meanings.get(edge.getSourceId())).toList();
        return OperatorMeaning.of(settings + node.getOperatorDescription(), types, inputs);
    }

    private static byte[] bytes(TypeSerializer<?> serializer) {
        try {
            DataOutputSerializer out = new DataOutputSerializer(256);
            TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
            return out.getCopyOfBuffer();
        } catch (UnsupportedOperationException ofNoState) {
            // That of what a sink's writer hands to its committer.
            return serializer.getClass().getName().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory has no I/O errors", e);
        }
    }

    private String uid(StreamNode node, String meaning) {
        List<String> names = List.copyOf(rules.get(node.getId()));
        Matcher writer = WRITER.matcher(node.getOperatorName());
        boolean writes = writer.matches();
        String kind =
                writes
                        ? withoutRule(writer.group(1), names) + writer.group(2)
                        : NUMBER_OF_NODE.matcher(node.getOperatorName()).replaceAll("");
        String uid = new OperatorUid(names, kind, writes ? "" : meaning).text();
        // Twice the same in one rule: their order tells them apart.
        for (int copy = 2; !given.add(uid); copy++) {
            uid =
                    writes
                            ? new OperatorUid(names, kind + " " + copy, "").text()
                            : new OperatorUid(names, kind, meaning + "-" + copy).text();
        }
        return uid;
    }

    private static String withoutRule(String table, List<String> names) {
        return names.stream()
                .map(rule -> OWN_TABLE + rule)
                .filter(table::endsWith)
                .findFirst()
                .map(end -> table.substring(0, table.length() - end.length()))
                .orElse(table);
    }
}
