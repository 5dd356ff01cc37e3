package io.millrace.functions.library;

import static io.millrace.functions.library.Refusal.refusal;
import static io.millrace.functions.library.SqlCall.call;
import static io.millrace.functions.library.SqlCall.callWithConstants;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.functions.value.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashFunctionsTest {

    @ParameterizedTest
    @CsvSource({
        "blake2b, 0, 786a02f742015903c6c6fd852552d272912f4740e15847618a86e217f71f5419d25e1031afee585313896444934eb04b903a685b1448b755d56f701afe9be2ce",
        "blake2b, 1, 333fcb4ee1aa7c115355ec66ceac917c8bfd815bf7587d325aec1864edd24e34d5abe2c6b1b5ee3face62fed78dbef802f2a85cb91d455a8f5249d330853cb3c",
        "blake2b, 64, 29119322fbf7552c76c608d4d61bd648175dfc856f714992a950da978d5609bac2ce1dea8e12d06b1dba888c897ba37f905386620e08ec992b2ae7ffb68fd7ea",
        "blake2b, 65, 59041e07da048e58d77635e903fee63015e4a6adf25c99a8b6bd12935459f72546b56d0dd4d26a00f863f51d236e545ef34e32791ac51208010b94a8d360a162",
        "blake2b, 128, fc6c71f688f43ea7d60817478808f3cac753e61571865c95adbc2d9122c943a76b92c2cb1047ef3fe7bf6e436ec1d0a99a9e5b216780bf7fed9d7ca91d3a8f3b",
        "blake2b, 129, 55e6e0eb418149a8af92fd9ddc99254781b2f522a131b4f4d984404b71a00e1167b8124d5dcddd4c6977b299392335d6edd303da6d344d74bbef2d38101b232b",
        "blake2b, 300, a2ff3040eda405b929c2fc2fd93e8add6ac3bb5369b679bae170ac6956863ca006285f132a868000fc3fae5bc696e5d17fe3fddfb4a342876c40451184742986",
        "blake2s, 0, 69217a3079908094e11121d042354a7c1f55b6482ca1a51e1b250dfd1ed0eef9",
        "blake2s, 1, 4a0d129873403037c2cd9b9048203687f6233fb6738956e0349bd4320fec3e90",
        "blake2s, 64, 651d2f5f20952eacaea2fba2f2af2bcd633e511ea2d2e4c9ae2ac0d9ffb7b252",
        "blake2s, 65, 045f8ae18932119bd051ac7ba5c73db59892055fad5c32f82d79a6543d92a497",
        "blake2s, 128, 3ac477e27353f9019b81694afe60c8049403784f91a58288428ea318bfa82809",
        "blake2s, 129, 94f03f8feba7e07dd91153d178bb2d254e8cfd445024a77071f9329200d9517c",
        "blake2s, 300, 68dbd8479e93231473bd1069a3ea7429461c0f9637759070ec4027882c478735",
        "sha1, 3, 7e240de74fb1ed08fa08d38063f6a6a91462a815",
        "sha384, 3, 8e07e5bdd64aa37536c1f257a6b44963cc327b7d7dcb2cb47a22073d33414462bfa184487cf372ce0a19dfc83f8336d8",
        "sha3_256, 3, 80fb34a2c6bc537d2d044c013042b3b36239aaf3cfd381d62a9ab8e8753876d0"
    })
    void hashesAsTheStandardsSay(String algorithm, int length, String hash) {
        assertThat(call("hash", algorithm, "a".repeat(length))).isEqualTo(hash);
    }

    @Test
    void hashesBytes() {
        Object bytes = Bytes.value(new byte[] {0, (byte) 0xff});

        assertThat(call("md5", bytes)).isEqualTo("d07d34efac6328007ad67c7e0a985e00");
    }

    @Test
    void hashesNothingButBytes() {
        for (Object value : new Object[] {1L, true, null, List.of()}) {
            assertThat(refusal(() -> call("md5", value))).isEqualTo("bad_sql_function_argument");
            assertThat(refusal(() -> call("hash", "md5", value))).isEqualTo("badarg");
        }
    }

    @Test
    void tellsUnknownAlgorithmsWhenTheQueryIsPlanned() {
        assertThat(refusal(() -> callWithConstants("hash", "SHA256", "a")))
                .isEqualTo("unknown_hash_algorithm");
        assertThat(refusal(() -> call("hash", "crc32", "a"))).isEqualTo("badarg");
        assertThat(refusal(() -> call("hash", null, "a"))).isEqualTo("badarg");
    }
}
