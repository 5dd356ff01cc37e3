/** Being written. */
package io.millrace.tdengine;
