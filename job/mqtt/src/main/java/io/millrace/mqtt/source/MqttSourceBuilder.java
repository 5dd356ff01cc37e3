package io.millrace.mqtt.source;

import io.millrace.common.Problems;
import io.millrace.mqtt.MqttOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * Builds a {@link MqttSource}. The most common options have a method; the rest of {@link
 * MqttOptions} is set with {@link #set}. Not thread-safe.
 *
 * @param <T> the type of the records
 */
public final class MqttSourceBuilder<T> {
    private final Configuration options = new Configuration();
    private MessageDecoder<T> decoder;

    MqttSourceBuilder() {}

    /** Where the broker is; see {@link MqttOptions#URL}. */
    public MqttSourceBuilder<T> setUrl(String url) {
        return set(MqttOptions.URL, url);
    }

    /** What to read; see {@link MqttOptions#TOPIC}. */
    public MqttSourceBuilder<T> setTopic(String filter) {
        return set(MqttOptions.TOPIC, filter);
    }

    /** Begin of the client ids; see {@link MqttOptions#CLIENT_ID_PREFIX}. */
    public MqttSourceBuilder<T> setClientIdPrefix(String prefix) {
        return set(MqttOptions.CLIENT_ID_PREFIX, prefix);
    }

    /** Who reads. Both may be references such as <code>${env.MQTT_PASSWORD}</code>. */
    public MqttSourceBuilder<T> setCredentials(String username, String password) {
        return set(MqttOptions.USERNAME, username).set(MqttOptions.PASSWORD, password);
    }

    /** Makes records of messages. */
    public MqttSourceBuilder<T> setDecoder(MessageDecoder<T> decoder) {
        this.decoder = decoder;
        return this;
    }

    /** Sets any option of {@link MqttOptions}. */
    public <V> MqttSourceBuilder<T> set(ConfigOption<V> option, V value) {
        options.set(option, value);
        return this;
    }

    /**
     * Makes the source.
     *
     * @throws IllegalArgumentException if options are wrong; the message names all of them
     */
    public MqttSource<T> build() {
        Problems problems = new Problems();
        MqttSourceSettings settings = MqttSourceSettings.read(options, null, problems);
        problems.require(decoder != null, "No decoder is given; call setDecoder.");
        problems.throwIfAny(IllegalArgumentException::new);
        return new MqttSource<>(settings, decoder);
    }
}
