/**
 * {@code millrace demo}: a broker, a TDengine, devices, the rule and Flink in one process. Begin
 * with {@link io.millrace.cli.demo.DemoCommand}. The only package that may use the devkit.
 */
package io.millrace.cli.demo;
