/** Being written. */
package io.millrace.mqtt;
