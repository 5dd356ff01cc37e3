package io.millrace.cli.trial;

import java.nio.file.Path;
import java.util.List;

/**
 * What became of a case.
 *
 * @param file the test file
 * @param differences none if it is as expected
 */
record TestResult(Path file, String name, double seconds, List<String> differences) {
    boolean passed() {
        return differences.isEmpty();
    }
}
