package io.millrace.rule.emqx.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The members of a document that a rule asks for, as a tree. Reading a document decodes these and
 * passes over all else. Made once per rule, then immutable.
 */
public final class MemberTree {
    /** One member, or the document. */
    private static final class Node {
        private final String name;
        private final byte[] bytes;

        /** Whether JSON writes the name as it is. It may write it with escapes all the same. */
        private final boolean plain;

        private Node[] children = {};
        private int slot = -1;

        Node(String name) {
            this.name = name;
            this.bytes = name.getBytes(StandardCharsets.UTF_8);
            this.plain = name.chars().noneMatch(c -> c == '"' || c == '\\' || c < ' ');
        }

        Node child(String wanted) {
            for (Node child : children) {
                if (child.name.equals(wanted)) {
                    return child;
                }
            }
            Node child = new Node(wanted);
            children = Arrays.copyOf(children, children.length + 1);
            children[children.length - 1] = child;
            return child;
        }
    }

    private final Node root = new Node("");
    private final List<List<String>> members = new ArrayList<>();

    /** Adds a member by the names that lead to it, and returns its slot. */
    public int add(List<String> names) {
        int known = members.indexOf(names);
        if (known >= 0) {
            return known;
        }
        Node node = root;
        for (String name : names) {
            node = node.child(name);
        }
        node.slot = members.size();
        members.add(List.copyOf(names));
        return node.slot;
    }

    /** How many slots there are. */
    public int size() {
        return members.size();
    }

    /**
     * Reads a document.
     *
     * @param values where the members go, each to its slot; null where there is none
     * @throws JsonException if it is no JSON, wherever the mistake is
     */
    public void read(byte[] document, Object[] values) throws JsonException {
        Arrays.fill(values, null);
        JsonReader reader = new JsonReader(document);
        read(reader, root, values, 0);
        reader.end();
    }

    private void read(JsonReader reader, Node node, Object[] values, int depth)
            throws JsonException {
        if (node.slot >= 0) {
            Object value = reader.value(depth);
            values[node.slot] = value;
            fill(node, value, values);
            return;
        }
        int c = reader.peek();
        if (c == '{') {
            map(reader, node, values, depth);
        } else if (c == '"') {
            fill(node, reader.text.read(), values);
        } else {
            reader.skip(depth);
        }
    }

    private void map(JsonReader reader, Node node, Object[] values, int depth)
            throws JsonException {
        reader.check(depth);
        reader.at++;
        if (reader.peek() == '}') {
            reader.at++;
            return;
        }
        do {
            if (reader.peek() != '"') {
                throw reader.error("The name of a member is missing");
            }
            Node child = find(reader, node);
            reader.expect(':');
            if (child == null) {
                reader.skip(depth + 1);
            } else {
                if (child.children.length > 0) {
                    clear(child, values);
                }
                read(reader, child, values, depth + 1);
            }
        } while (reader.more('}'));
    }

    /** Reads the name of a member, and finds the child that has it. */
    private static Node find(JsonReader reader, Node node) throws JsonException {
        byte[] bytes = reader.bytes;
        int start = reader.at + 1;
        for (Node child : node.children) {
            int end = start + child.bytes.length;
            if (end < bytes.length
                    && bytes[end] == '"'
                    && Arrays.equals(child.bytes, 0, child.bytes.length, bytes, start, end)
                    && child.plain) {
                reader.at = end + 1;
                return child;
            }
        }
        int before = reader.at;
        if (!reader.text.skip()) {
            return null;
        }
        reader.at = before;
        return named(node, reader.text.read());
    }

    private static Node named(Node node, String name) {
        for (Node child : node.children) {
            if (child.name.equals(name)) {
                return child;
            }
        }
        return null;
    }

    /** Of equal members the last one counts, with all that is below it. */
    private static void clear(Node node, Object[] values) {
        for (Node child : node.children) {
            if (child.slot >= 0) {
                values[child.slot] = null;
            }
            clear(child, values);
        }
    }

    /** Takes members out of a value; a text on the way is read as JSON. */
    private static void fill(Node node, Object value, Object[] values) {
        if (node.children.length == 0) {
            return;
        }
        Object container = value instanceof String text ? JsonReader.readOrNull(text) : value;
        if (container instanceof String) {
            fill(node, container, values);
        } else if (container instanceof Map<?, ?> map) {
            for (Node child : node.children) {
                Object member = map.get(child.name);
                if (child.slot >= 0) {
                    values[child.slot] = member;
                }
                fill(child, member, values);
            }
        }
    }
}
