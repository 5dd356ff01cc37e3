package io.millrace.cli.job;

/** Shows a URL without what may be secret in it: user and password, and the query. */
public final class SafeUrl {
    private SafeUrl() {}

    /** The URL, safe to print. */
    public static String of(String url) {
        return url.replaceFirst("\\?.*$", "?…").replaceFirst("//[^/@]*@", "//…@");
    }
}
