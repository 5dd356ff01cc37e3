/** Being written. */
package io.millrace.devkit;
