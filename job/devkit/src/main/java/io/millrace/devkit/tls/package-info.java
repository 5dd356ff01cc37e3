/** Certificates for servers under test. */
package io.millrace.devkit.tls;
