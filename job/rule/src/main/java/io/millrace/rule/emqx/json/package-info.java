/**
 * Reads JSON from bytes into the values of {@link io.millrace.functions.value}: whole documents,
 * and only the members that a rule asks for ({@link io.millrace.rule.emqx.json.MemberTree}).
 */
package io.millrace.rule.emqx.json;
