/** Being written. */
package io.millrace.functions;
