/**
 * A TDengine for development: {@link io.millrace.devkit.tdengine.DevelopmentServer} speaks
 * taosAdapter's protocols on top of H2, {@link io.millrace.devkit.tdengine.Faults} makes it
 * misbehave, and {@link io.millrace.devkit.tdengine.TDengineUnderTest} gives tests either this or a
 * real server. Begin reading with {@code DevelopmentServer}; behind it {@code wire} holds the
 * protocols, {@code sql} TDengine's language and {@code engine} what statements do.
 */
package io.millrace.devkit.tdengine;
