package io.millrace.cli.trial;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A case of a test file.
 *
 * @param clock where now_timestamp() stands still
 * @param expect rows by the name of a rule, table or topic; empty if it does not matter
 * @param deadLetters a part of each reason
 * @param failures a part of each reason why a rule fails
 */
record TestCase(
        String name,
        List<Message> messages,
        Instant clock,
        Optional<Map<String, List<JsonNode>>> expect,
        List<String> deadLetters,
        List<String> failures) {}
