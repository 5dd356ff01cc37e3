package io.millrace.rule.script;

import io.millrace.rule.Problem;
import io.millrace.rule.RuleException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A rule file as it was read, which turns positions into messages that show the line and a caret.
 *
 * @param path the file, as the user named it
 * @param text its text
 */
public record SourceFile(Path path, String text) {

    /**
     * Reads a file.
     *
     * @throws RuleException if it is missing, cannot be read or is not UTF-8
     */
    public static SourceFile read(Path path) {
        try {
            return new SourceFile(path, Files.readString(path));
        } catch (NoSuchFileException e) {
            throw new RuleException("Rule file '%s' does not exist.".formatted(path), e);
        } catch (CharacterCodingException e) {
            throw new RuleException(
                    "Rule file '%s' is not UTF-8 text. Save it as UTF-8.".formatted(path), e);
        } catch (IOException e) {
            throw new RuleException(
                    "Rule file '%s' cannot be read: %s".formatted(path, e.getMessage()), e);
        }
    }

    /** The offset of a position; line and column count from 1. */
    public int offset(int line, int column) {
        int start = 0;
        for (int i = 1; i < line; i++) {
            int end = text.indexOf('\n', start);
            if (end < 0) {
                break;
            }
            start = end + 1;
        }
        return Math.min(start + column - 1, text.length());
    }

    /** The line that holds an offset, counted from 1. */
    public int line(int offset) {
        return (int) text.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
    }

    /** The column of an offset, counted from 1. */
    public int column(int offset) {
        return offset - text.lastIndexOf('\n', offset - 1);
    }

    /** Something at an offset of this file. */
    public Problem problem(Problem.Severity severity, int offset, String message) {
        return problem(severity, offset, message, "");
    }

    /** Something at an offset of this file. */
    public Problem problem(Problem.Severity severity, int offset, String message, String remedy) {
        int line = line(offset);
        String[] lines = text.split("\n", -1);
        return new Problem(
                severity,
                path.toString(),
                line,
                column(offset),
                message,
                remedy,
                lines[line - 1].stripTrailing());
    }

    /** An error at an offset of this file. */
    public RuleException error(int offset, String message, Throwable cause) {
        return error(offset, message, "", cause);
    }

    /** An error at an offset of this file. */
    public RuleException error(int offset, String message, String remedy, Throwable cause) {
        return new RuleException(problem(Problem.Severity.ERROR, offset, message, remedy), cause);
    }

    /** An error at an offset of this file that has no further cause. */
    public RuleException error(int offset, String message) {
        return error(offset, message, "", null);
    }

    /** An error at an offset of this file that has no further cause. */
    public RuleException error(int offset, String message, String remedy) {
        return error(offset, message, remedy, null);
    }
}
