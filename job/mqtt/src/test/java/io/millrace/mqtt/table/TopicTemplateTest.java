package io.millrace.mqtt.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

class TopicTemplateTest {
    @Test
    void aTextWithoutPlacesIsATopic() {
        assertThat(topic("alerts/$1/a}", null, 0)).isEqualTo("alerts/$1/a}");
        assertThat(TopicTemplate.parse("alerts/all").columns()).isEmpty();
    }

    @Test
    void placesTakeValues() {
        assertThat(topic("${name}", "d1", 7)).isEqualTo("d1");
        assertThat(topic("a/${name}/b/${ n }-${name}", "d1", 7)).isEqualTo("a/d1/b/7-d1");
        assertThat(TopicTemplate.parse("a/${name}/b/${ n }-${name}").columns())
                .containsExactly("name", "n", "name");
    }

    @Test
    void placesWithoutNameOrEndAreRefused() {
        assertThatThrownBy(() -> TopicTemplate.parse("a/${name"))
                .hasMessage(
                        "Topic template 'a/${name' is not valid: the ${ at character 3 has no }.");
        assertThatThrownBy(() -> TopicTemplate.parse("a/${ }"))
                .hasMessageContaining("no column in the ${} at character 3");
    }

    @Test
    void valuesThatWouldChangeTheTopicAreRefused() {
        assertThatThrownBy(() -> topic("a/${name}", null, 0))
                .hasMessage("Column 'name' is NULL, and the topic 'a/${name}' needs it.");
        assertThatThrownBy(() -> topic("a/${name}", "x/y", 0))
                .hasMessage(
                        "Column 'name' is 'x/y', which cannot stand in the topic 'a/${name}':"
                                + " a / would make another level of it.");
        assertThatThrownBy(() -> topic("a/${name}", "+", 0))
                .hasMessageContaining("+ is a wildcard");
        assertThatThrownBy(() -> topic("a/${name}", "x#", 0))
                .hasMessageContaining("# is a wildcard");
        assertThatThrownBy(() -> topic("a/${name}", "\0", 0))
                .hasMessageContaining("no topic may hold a NUL");
    }

    @Property(tries = 200)
    void aTopicHasAsManyLevelsAsItsTemplate(@ForAll @CharRange(from = 0, to = 0x7F) String value) {
        String topic;
        try {
            topic = topic("a/${name}/b", value, 0);
        } catch (IllegalArgumentException e) {
            assertThat(value).matches("(?s).*[/+#\0].*");
            return;
        }
        assertThat(topic.split("/", -1)).containsExactly("a", value, "b");
    }

    private static String topic(String template, String name, long n) {
        Map<String, RowData.FieldGetter> getters = new HashMap<>();
        getters.put("name", RowData.createFieldGetter(VarCharType.STRING_TYPE, 0));
        getters.put("n", RowData.createFieldGetter(new BigIntType(), 1));
        return RowTopic.of(TopicTemplate.parse(template), getters)
                .of(GenericRowData.of(StringData.fromString(name), n));
    }
}
