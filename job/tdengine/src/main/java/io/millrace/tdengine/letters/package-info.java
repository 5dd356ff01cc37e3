/**
 * Dead letters in a table of TDengine ({@code 'sink.dead-letter' = 'table:NAME'}): what the table
 * looks like, how letters are put into it and read again, and how the rows in letters of either
 * kind are written once more. Begin with {@link io.millrace.tdengine.letters.LetterTable}.
 */
package io.millrace.tdengine.letters;
