package io.millrace.rule.emqx;

/** MQTT topics and filters. Stateless. */
final class Topics {
    private Topics() {}

    /** Whether a filter matches a topic. Wildcards are whole levels; {@code #} is the last one. */
    static boolean matches(String topic, String filter) {
        if (topic.startsWith("$") && (filter.startsWith("+") || filter.startsWith("#"))) {
            return false;
        }
        int t = 0;
        int f = 0;
        while (true) {
            if (filter.length() == f + 1 && filter.charAt(f) == '#') {
                return true;
            }
            int topicEnd = end(topic, t);
            int filterEnd = end(filter, f);
            boolean any = filterEnd == f + 1 && filter.charAt(f) == '+';
            if (!any
                    && (topicEnd - t != filterEnd - f
                            || !topic.regionMatches(t, filter, f, topicEnd - t))) {
                return false;
            }
            boolean topicEnds = topicEnd == topic.length();
            if (filterEnd == filter.length()) {
                return topicEnds;
            }
            if (topicEnds) {
                return filter.length() == filterEnd + 2 && filter.charAt(filterEnd + 1) == '#';
            }
            t = topicEnd + 1;
            f = filterEnd + 1;
        }
    }

    private static int end(String text, int from) {
        int slash = text.indexOf('/', from);
        return slash < 0 ? text.length() : slash;
    }
}
