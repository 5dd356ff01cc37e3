package io.millrace.mqtt.sink;

import io.millrace.common.deadletter.DeadLetter;
import io.millrace.mqtt.client.OutgoingMessage;
import java.io.IOException;

/**
 * Makes messages of records, and dead letters of those that are none. Used by the task's thread
 * only.
 *
 * @param <T> the type of the records
 */
record MessageMaker<T>(
        MqttSinkSettings settings, MessageEncoder<T> encoder, UnsentRecords<T> unsent) {

    /** Null if the record has become a dead letter. */
    OutgoingMessage make(T record) throws IOException, InterruptedException {
        DeadLetter letter = encoder.deadLetter(record);
        if (letter != null) {
            unsent.keep(letter);
            return null;
        }
        OutgoingMessage.Builder message = settings.message();
        try {
            encoder.encode(record, message);
            return message.build();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            // Whatever an encoder throws: the record is no message, now or later.
            unsent.keep(record, message.topic(), e);
            return null;
        }
    }
}
