/**
 * What both connectors share: {@link io.millrace.common.Secret secrets} that never print, {@link
 * io.millrace.common.References references} such as <code>${env.NAME}</code> that are resolved
 * where a connection is made, {@link io.millrace.common.Problems problems} of options gathered into
 * one message, and the dead letters of package {@code deadletter}. Begin with {@link
 * io.millrace.common.deadletter.DeadLetterTarget}.
 */
package io.millrace.common;
