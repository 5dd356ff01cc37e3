package io.millrace.common.probe;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Looks for whom and how long certificates are valid. Stateless but for the time. */
final class CertificateDates {
    private static final Duration SOON = Duration.ofDays(30);
    private static final int DNS_NAME = 2;
    private static final int ADDRESS = 7;

    /** More names than that say nothing to a person. */
    private static final int NAMES = 4;

    private final Instant now;

    CertificateDates(Instant now) {
        this.now = now;
    }

    /** Of a chain: the one that ends first counts. */
    Finding finding(List<X509Certificate> chain) {
        X509Certificate first =
                chain.stream()
                        .min(Comparator.comparing(X509Certificate::getNotAfter))
                        .orElseThrow();
        String text = "for " + names(chain.get(0)) + ", by " + issuer(chain.get(0)) + "; ";
        Instant begin = chain.get(0).getNotBefore().toInstant();
        if (begin.isAfter(now)) {
            return Finding.bad(
                    text + "valid only from " + date(begin),
                    "Are the clocks of this machine and of who made it right?");
        }
        Instant end = first.getNotAfter().toInstant();
        String whose =
                first.equals(chain.get(0))
                        ? ""
                        : "its authority " + first.getSubjectX500Principal().getName() + " ";
        if (end.isBefore(now)) {
            return Finding.bad(text + whose + "expired on " + date(end), "Renew it on the server.");
        }
        long days = Duration.between(now, end).toDays();
        String until = text + whose + "expires on " + date(end) + ", in " + days + " days";
        return Duration.between(now, end).compareTo(SOON) < 0
                ? Finding.warning(until, "Renew it on the server before that.")
                : Finding.good(until);
    }

    private static LocalDate date(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    private static String issuer(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
                ? "itself"
                : certificate.getIssuerX500Principal().getName();
    }

    /** The names that a client may find a server by. */
    static String names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            for (List<?> name : all == null ? List.<List<?>>of() : all) {
                if (name.get(0).equals(DNS_NAME) || name.get(0).equals(ADDRESS)) {
                    names.add(String.valueOf(name.get(1)));
                }
            }
        } catch (CertificateParsingException e) {
            // Then the subject has to do.
        }
        if (names.isEmpty()) {
            return certificate.getSubjectX500Principal().getName();
        }
        String some = String.join(", ", names.subList(0, Math.min(NAMES, names.size())));
        return names.size() > NAMES ? some + " and " + (names.size() - NAMES) + " more" : some;
    }
}
