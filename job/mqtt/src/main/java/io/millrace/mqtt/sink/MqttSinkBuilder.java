package io.millrace.mqtt.sink;

import io.millrace.common.Problems;
import io.millrace.mqtt.MqttOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * Builds a {@link MqttSink}. The most common options have a method; the rest of {@link MqttOptions}
 * is set with {@link #set}. Not thread-safe.
 *
 * @param <T> the type of the records
 */
public final class MqttSinkBuilder<T> {
    private final Configuration options = new Configuration();
    private MessageEncoder<T> encoder;

    MqttSinkBuilder() {}

    /** Where the broker is; see {@link MqttOptions#URL}. */
    public MqttSinkBuilder<T> setUrl(String url) {
        return set(MqttOptions.URL, url);
    }

    /** Where to publish, unless the encoder sets a topic; see {@link MqttOptions#TOPIC}. */
    public MqttSinkBuilder<T> setTopic(String topic) {
        return set(MqttOptions.TOPIC, topic);
    }

    /** Begin of the client ids; see {@link MqttOptions#CLIENT_ID_PREFIX}. */
    public MqttSinkBuilder<T> setClientIdPrefix(String prefix) {
        return set(MqttOptions.CLIENT_ID_PREFIX, prefix);
    }

    /** Who publishes. Both may be references such as <code>${env.MQTT_PASSWORD}</code>. */
    public MqttSinkBuilder<T> setCredentials(String username, String password) {
        return set(MqttOptions.USERNAME, username).set(MqttOptions.PASSWORD, password);
    }

    /** Makes messages of records. */
    public MqttSinkBuilder<T> setEncoder(MessageEncoder<T> encoder) {
        this.encoder = encoder;
        return this;
    }

    /** Sets any option of {@link MqttOptions}. */
    public <V> MqttSinkBuilder<T> set(ConfigOption<V> option, V value) {
        options.set(option, value);
        return this;
    }

    /**
     * Makes the sink.
     *
     * @throws IllegalArgumentException if options are wrong; the message names all of them
     */
    public MqttSink<T> build() {
        Problems problems = new Problems();
        MqttSinkSettings settings = MqttSinkSettings.read(options, null, problems);
        problems.require(encoder != null, "No encoder is given; call setEncoder.");
        problems.throwIfAny(IllegalArgumentException::new);
        return new MqttSink<>(settings, encoder);
    }
}
