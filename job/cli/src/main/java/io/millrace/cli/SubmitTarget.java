package io.millrace.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Where {@code millrace submit} lets a job run. */
enum SubmitTarget {
    /** In a cluster that runs other jobs as well. */
    SESSION,
    /** In a JobManager of its own on this machine. */
    APPLICATION,
    /** In pods of its own. */
    KUBERNETES_APPLICATION;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Reads the option's value. */
    static final class Converter implements ITypeConverter<SubmitTarget> {
        @Override
        public SubmitTarget convert(String text) {
            return Arrays.stream(values())
                    .filter(target -> target.toString().equals(text))
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    new TypeConversionException(
                                            "'"
                                                    + text
                                                    + "' is no target; allowed are "
                                                    + Arrays.stream(values())
                                                            .map(SubmitTarget::toString)
                                                            .collect(Collectors.joining(", "))
                                                    + "."));
        }
    }
}
