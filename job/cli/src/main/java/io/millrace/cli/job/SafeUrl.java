package io.millrace.cli.job;

/** Shows a URL without what may be secret in it: user and password, and the query. */
final class SafeUrl {
    private SafeUrl() {}

    static String of(String url) {
        return url.replaceFirst("\\?.*$", "?…").replaceFirst("//[^/@]*@", "//…@");
    }
}
