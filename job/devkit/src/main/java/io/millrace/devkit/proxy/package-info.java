/** A network that misbehaves on demand. Begin with {@link io.millrace.devkit.proxy.FaultProxy}. */
package io.millrace.devkit.proxy;
