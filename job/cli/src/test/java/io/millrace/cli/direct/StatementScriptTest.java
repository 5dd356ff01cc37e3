package io.millrace.cli.direct;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatementScriptTest {
    @Test
    void splitsAtSemicolonsOutsideOfTextsAndComments() {
        assertThat(
                        StatementScript.split(
                                """
                                -- first; not a statement
                                CREATE DATABASE d PRECISION 'ms';
                                INSERT INTO d.`a;b` VALUES (NOW, 'it\\'s; ''so''', "x;y") /* ; */;;
                                SELECT 1 -- the end"""))
                .containsExactly(
                        "CREATE DATABASE d PRECISION 'ms'",
                        "INSERT INTO d.`a;b` VALUES (NOW, 'it\\'s; ''so''', \"x;y\")",
                        "SELECT 1");
    }

    @Test
    void whatIsNotClosedGoesToItsEnd() {
        assertThat(StatementScript.split("SELECT 'x; y")).containsExactly("SELECT 'x; y");
        assertThat(StatementScript.split("SELECT 1 /* x; y")).containsExactly("SELECT 1");
        assertThat(StatementScript.split(" \n; -- nothing")).isEmpty();
    }
}
