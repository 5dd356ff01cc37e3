/** How to write and test a function of one's own; FUNCTIONS.md tells how to use it in a rule. */
package io.millrace.functions.example;
