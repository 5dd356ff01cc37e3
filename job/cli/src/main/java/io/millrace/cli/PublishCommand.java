package io.millrace.cli;

import io.millrace.cli.direct.MessageSender;
import io.millrace.cli.dlq.Connections;
import io.millrace.mqtt.client.MqttPublisherFactory;
import io.millrace.mqtt.client.OutgoingMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace publish}. */
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        versionProvider = Millrace.Version.class,
        header = {"Publishes a message, where no other client is at hand.", ""},
        description = {"", "It goes with QoS 1, and the command ends when the broker has it.", ""},
        sortOptions = false,
        footerHeading = "%n",
        footer = {
            "@|bold Example|@:",
            "",
            "  millrace publish devices/d1/temp_hum '{\"temp\": 23, \"hum\": 90}'",
            "",
            "@|bold Exit codes|@: 0 the broker has it, 1 it does not, 2 wrong usage."
        })
final class PublishCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "TOPIC", description = "Where to.")
    private String topic;

    @Parameters(
            index = "1",
            paramLabel = "PAYLOAD",
            description = "The content; '-' reads it from the standard input.")
    private String payload;

    @Mixin private ConnectionOptions connections;
    @Mixin private SettingsOption settings;

    @Option(
            names = "--connection",
            paramLabel = "NAME",
            description = "Which to use where the settings have several of type 'mqtt'.")
    private String connection;

    @Option(names = "--retain", description = "The broker keeps it for new subscribers.")
    private boolean retain;

    @Option(
            names = "--user-property",
            paramLabel = "NAME=VALUE",
            description = "A user property, such as clientid=d1 (MQTT 5).")
    private Map<String, String> properties = new LinkedHashMap<>();

    @Mixin private LogOption log;

    @Override
    public Integer call() throws Exception {
        log.start("publish");
        OutgoingMessage message = message();
        Set<String> chosen = connection == null ? Set.of() : Set.of(connection);
        try (Connections all = new Connections(connections.over(settings.read()), chosen);
                MessageSender sender =
                        new MessageSender(
                                all.broker(), MqttPublisherFactory.netty(), "millrace-publish")) {
            sender.send(message);
        }
        spec.commandLine()
                .getOut()
                .printf("published %d bytes to %s%n", message.payload().length, topic);
        return ExitCode.OK;
    }

    private OutgoingMessage message() throws IOException {
        OutgoingMessage.Builder message =
                OutgoingMessage.to(topic).payload(content()).qos(1).retain(retain);
        properties.forEach(message::userProperty);
        try {
            return message.build();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private byte[] content() throws IOException {
        if (!payload.equals(STANDARD_INPUT)) {
            return payload.getBytes(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.in.transferTo(bytes);
        return bytes.toByteArray();
    }
}
