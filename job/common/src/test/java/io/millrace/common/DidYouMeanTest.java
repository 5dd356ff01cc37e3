package io.millrace.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DidYouMeanTest {
    private static final List<String> KNOWN = List.of("temp", "hum", "clientid");

    @Test
    void findsTheNameThatIsMostLikeTheWantedOne() {
        assertThat(DidYouMean.hint(KNOWN, "clientld")).isEqualTo(" Did you mean 'clientid'?");
        assertThat(DidYouMean.among(KNOWN, "TEMP")).contains("temp");
    }

    @Test
    void twoLettersThatChangedPlacesAreOneMistake() {
        assertThat(DidYouMean.among(KNOWN, "hmu")).contains("hum");
        assertThat(DidYouMean.among(KNOWN, "tmep", 1)).contains("temp");
        assertThat(DidYouMean.among(KNOWN, "tpem", 1)).isEmpty();
    }

    @Test
    void aNameOfALetterOrTwoIsLikeNoOther() {
        assertThat(DidYouMean.among(List.of("t", "xy"), "x")).isEmpty();
        assertThat(DidYouMean.among(List.of("t"), "T")).contains("t");
    }

    @Test
    void saysNothingWhereNoNameIsLikeIt() {
        assertThat(DidYouMean.hint(KNOWN, "pressure")).isEmpty();
    }
}
