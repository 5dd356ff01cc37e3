package io.millrace.cli.trial;

import io.millrace.rule.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code millrace test} is asked for.
 *
 * @param tests test files
 * @param update whether what comes out becomes what is expected
 */
public record TestRequest(
        Settings settings, List<Path> tests, boolean update, boolean json, Optional<Path> junit) {}
