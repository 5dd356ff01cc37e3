package io.millrace.mqtt.client;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a broker says of itself in CONNACK. MQTT 3.1.1 tells no more than whether the session is
 * present; of MQTT 5, what is not said is empty and has the meaning that the protocol gives it.
 *
 * @param sessionExpirySeconds how long the session is kept, if that is not what was asked for
 * @param receiveMaximum how many QoS 1 messages may be published before an answer is seen
 * @param maximumPacketSize the longest packet that the broker takes, in bytes
 * @param maximumQos the highest QoS to publish with
 * @param topicAliasMaximum how many topics may be named by a number
 * @param serverKeepAliveSeconds the keep-alive that it wants instead of the one asked for
 * @param assignedClientId the id that it gave, or null
 * @param serverReference where it wants to send clients, or null
 * @param reason its own words, or null
 */
public record BrokerFacts(
        boolean sessionPresent,
        OptionalLong sessionExpirySeconds,
        OptionalInt receiveMaximum,
        OptionalLong maximumPacketSize,
        OptionalInt maximumQos,
        OptionalInt topicAliasMaximum,
        OptionalInt serverKeepAliveSeconds,
        boolean retainAvailable,
        boolean wildcardsAvailable,
        boolean sharedSubscriptionsAvailable,
        String assignedClientId,
        String serverReference,
        String reason) {}
