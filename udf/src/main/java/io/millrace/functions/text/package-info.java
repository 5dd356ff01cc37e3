/** Texts as Erlang sees them: characters, searching, formats and regular expressions. */
package io.millrace.functions.text;
