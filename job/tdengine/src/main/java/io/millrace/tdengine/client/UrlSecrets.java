package io.millrace.tdengine.client;

import io.millrace.common.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A URL's text without who connects: {@code user:password@}, {@code user=}, {@code password=} and
 * {@code token=} are taken out. Works on the text alone, so that it never fails and a reference
 * such as <code>${env.URL}</code> stays as it is.
 *
 * @param text the rest, safe to print
 * @param username null if the URL has none
 * @param password null if the URL has none
 * @param token null if the URL has none
 */
record UrlSecrets(String text, String username, Secret password, Secret token) {

    private static final Pattern NEXT_URL = Pattern.compile("\\s*,\\s*(?=[A-Za-z][A-Za-z:-]*://)");

    /** Takes a list of URLs apart: {@code http://a:6041,http://b:6041}. */
    static String[] split(String urls) {
        return NEXT_URL.split(urls.trim());
    }

    static UrlSecrets takeOut(String urls) {
        List<UrlSecrets> parts = Stream.of(split(urls)).map(UrlSecrets::takeOutOfOne).toList();
        return new UrlSecrets(
                parts.stream().map(UrlSecrets::text).collect(Collectors.joining(",")),
                first(parts, UrlSecrets::username),
                first(parts, UrlSecrets::password),
                first(parts, UrlSecrets::token));
    }

    private static <T> T first(List<UrlSecrets> parts, Function<UrlSecrets, T> what) {
        return parts.stream().map(what).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private static UrlSecrets takeOutOfOne(String url) {
        int question = url.indexOf('?');
        String front = question < 0 ? url : url.substring(0, question);
        String username = null;
        Secret password = null;
        Secret token = null;

        int authority = front.indexOf("//") + 2;
        int path = authority < 2 ? -1 : front.indexOf('/', authority);
        int at = front.lastIndexOf('@', path < 0 ? front.length() : path);
        if (authority >= 2 && at >= authority) {
            String[] parts = front.substring(authority, at).split(":", 2);
            username = decode(parts[0]);
            password = parts.length > 1 ? Secret.of(decode(parts[1])) : null;
            front = front.substring(0, authority) + front.substring(at + 1);
        }

        List<String> rest = new ArrayList<>();
        for (String pair : question < 0 ? new String[0] : url.substring(question + 1).split("&")) {
            int equals = pair.indexOf('=');
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            String key = equals < 0 ? pair : pair.substring(0, equals);
            switch (key.toLowerCase(Locale.ROOT)) {
                case "user", "username" -> username = decode(value);
                case "password" -> password = Secret.of(decode(value));
                case "token" -> token = Secret.of(value);
                default -> {
                    if (!pair.isEmpty()) {
                        rest.add(pair);
                    }
                }
            }
        }
        String text = rest.isEmpty() ? front : front + "?" + String.join("&", rest);
        return new UrlSecrets(text, username, password, token);
    }

    /** Decodes %XX as the driver does; a text that is not encoded properly is taken as it is. */
    private static String decode(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return encoded;
        }
    }
}
