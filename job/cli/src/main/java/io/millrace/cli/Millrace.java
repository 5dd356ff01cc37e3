package io.millrace.cli;

public final class Millrace {
    public static void main(String[] a) {
        System.out.println("hi");
    }
}
