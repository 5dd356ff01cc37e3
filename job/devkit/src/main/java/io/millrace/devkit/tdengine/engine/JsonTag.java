package io.millrace.devkit.tdengine.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.devkit.tdengine.sql.TaosException;

/** Checks the text of a JSON tag. An empty text is NULL. */
final class JsonTag {
    private static final int MAXIMUM = 4095;
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonTag() {}

    static void check(String text) {
        if (text.length() > MAXIMUM) {
            throw TaosException.inValue(text, "json string too long than 4095");
        }
        if (text.isEmpty()) {
            return;
        }
        try {
            if (!JSON.readTree(text).isObject()) {
                throw TaosException.inValue(text, "json error invalide value");
            }
        } catch (JsonProcessingException broken) {
            throw TaosException.inValue(text, "json parse error");
        }
    }
}
