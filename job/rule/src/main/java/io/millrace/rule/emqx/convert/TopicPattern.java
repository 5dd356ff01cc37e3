package io.millrace.rule.emqx.convert;

/** Topic filters as regular expressions. Stateless. */
final class TopicPattern {
    private static final String SPECIAL = "\\.[]{}()*+-?^$|";

    private TopicPattern() {}

    /** A pattern that finds the topics that a filter matches. */
    static String of(String filter) {
        StringBuilder pattern = new StringBuilder("^");
        if (filter.startsWith("+") || filter.startsWith("#")) {
            pattern.append("(?!\\$)");
        }
        String[] levels = filter.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            boolean last = i == levels.length - 1;
            if (last && levels[i].equals("#")) {
                pattern.append(i == 0 ? ".*" : "(/.*)?");
                break;
            }
            if (i > 0) {
                pattern.append('/');
            }
            pattern.append(levels[i].equals("+") ? "[^/]*" : quote(levels[i]));
        }
        return pattern.append('$').toString();
    }

    private static String quote(String level) {
        StringBuilder quoted = new StringBuilder();
        for (char c : level.toCharArray()) {
            if (SPECIAL.indexOf(c) >= 0) {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.toString();
    }
}
