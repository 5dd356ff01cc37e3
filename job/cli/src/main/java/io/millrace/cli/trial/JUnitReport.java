package io.millrace.cli.trial;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes results as JUnit's XML, which build servers read. Stateless. */
final class JUnitReport {
    private JUnitReport() {}

    static void write(Path file, List<TestResult> results) throws IOException {
        Map<Path, List<TestResult>> byFile =
                results.stream()
                        .collect(
                                Collectors.groupingBy(
                                        TestResult::file, LinkedHashMap::new, Collectors.toList()));
        try (Writer out = Files.newBufferedWriter(file)) {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuites");
            for (Map.Entry<Path, List<TestResult>> suite : byFile.entrySet()) {
                suite(xml, suite.getKey(), suite.getValue());
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException("The results cannot be written to " + file, e);
        }
    }

    private static void suite(XMLStreamWriter xml, Path file, List<TestResult> results)
            throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", file.toString());
        xml.writeAttribute("tests", String.valueOf(results.size()));
        long failed = results.stream().filter(result -> !result.passed()).count();
        xml.writeAttribute("failures", String.valueOf(failed));
        xml.writeAttribute("errors", "0");
        double seconds = results.stream().mapToDouble(TestResult::seconds).sum();
        xml.writeAttribute("time", time(seconds));
        for (TestResult result : results) {
            xml.writeStartElement("testcase");
            xml.writeAttribute("classname", file.getFileName().toString());
            xml.writeAttribute("name", result.name());
            xml.writeAttribute("time", time(result.seconds()));
            if (!result.passed()) {
                xml.writeStartElement("failure");
                xml.writeAttribute("message", printable(result.differences().get(0)));
                xml.writeCharacters(printable(String.join("\n", result.differences())));
                xml.writeEndElement();
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String time(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }

    /** XML has no way to write most control characters. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "?");
    }
}
