/**
 * The values that the functions work on, as EMQX's rules know them. No Flink types.
 *
 * <table>
 * <caption>What stands for what</caption>
 * <tr><td>undefined: a member that is missing</td><td>{@code null}</td></tr>
 * <tr><td>JSON's null</td><td>{@link io.millrace.functions.value.JsonNull#NULL}</td></tr>
 * <tr><td>boolean</td><td>{@link java.lang.Boolean}</td></tr>
 * <tr><td>integer, of any size</td><td>{@link java.lang.Long}, and {@link java.math.BigInteger} only for what a long cannot hold</td></tr>
 * <tr><td>float</td><td>{@link java.lang.Double}, never NaN or infinite</td></tr>
 * <tr><td>text, which is UTF-8 bytes</td><td>{@link java.lang.String}, and {@link io.millrace.functions.value.Bytes} only for bytes that are no UTF-8</td></tr>
 * <tr><td>bits that are no whole number of bytes</td><td>{@link io.millrace.functions.value.Bits}</td></tr>
 * <tr><td>array</td><td>{@link java.util.List}</td></tr>
 * <tr><td>map</td><td>{@link java.util.Map} with text keys, in order of insertion</td></tr>
 * <tr><td>symbolic name, such as the column {@code event}</td><td>{@link io.millrace.functions.value.Symbol}</td></tr>
 * </table>
 *
 * <p>Lists and maps are never changed once they are values.
 */
package io.millrace.functions.value;
