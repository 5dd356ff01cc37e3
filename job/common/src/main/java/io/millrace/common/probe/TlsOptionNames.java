package io.millrace.common.probe;

/**
 * What a connector's users do about TLS, as sentences that name its options.
 *
 * @param toTrust about an authority that is not trusted
 * @param toName about a certificate that is for another name
 * @param toIdentify about a server that wants the client's certificate
 * @param toVerifyName about a name that is not checked
 * @param toVerifyChain about a chain that is not checked
 * @param withoutTls about a server that does not speak TLS
 */
public record TlsOptionNames(
        String toTrust,
        String toName,
        String toIdentify,
        String toVerifyName,
        String toVerifyChain,
        String withoutTls) {}
