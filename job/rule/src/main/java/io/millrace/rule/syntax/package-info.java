/**
 * Says what is wrong with a statement that Flink's parser refuses. Begin reading at {@link
 * io.millrace.rule.syntax.SyntaxMistake}.
 */
package io.millrace.rule.syntax;
