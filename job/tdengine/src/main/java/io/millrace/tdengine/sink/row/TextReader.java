package io.millrace.tdengine.sink.row;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;

/** Reads a value as text, UTF-8. Not thread-safe. */
@FunctionalInterface
interface TextReader {
    /** Returns null for NULL. */
    byte[] read(RowData row) throws RowRejectedException;

    /** Reads any source as text. */
    static TextReader of(ValueSource source) {
        if (source instanceof ValueSource.Field field) {
            return ofField(field);
        }
        if (source instanceof ValueSource.Text text) {
            return ofParts(text.parts().stream().map(TextReader::of).toList());
        }
        if (source instanceof ValueSource.Constant constant) {
            byte[] utf8 =
                    constant.value() == null
                            ? null
                            : PlainValues.text(constant.value()).getBytes(StandardCharsets.UTF_8);
            return row -> utf8;
        }
        if (source instanceof ValueSource.Member member) {
            return new MemberReader(member);
        }
        if (source instanceof ValueSource.WholeRow whole) {
            return row ->
                    PlainValues.text(PlainValues.ofRow(row, whole.type()))
                            .getBytes(StandardCharsets.UTF_8);
        }
        throw new IllegalArgumentException(source.describe() + " has no text form.");
    }

    private static TextReader ofField(ValueSource.Field field) {
        FieldAccess access = new FieldAccess(field);
        int position = access.position();
        LogicalType type = field.type();
        if (type.is(LogicalTypeFamily.CHARACTER_STRING)) {
            return row -> {
                RowData holder = access.holder(row);
                return holder == null ? null : holder.getString(position).toBytes();
            };
        }
        if (type.is(LogicalTypeFamily.INTEGER_NUMERIC)) {
            return ofWhole(NumberReader.of(field));
        }
        RowData.FieldGetter getter = RowData.createFieldGetter(type, position);
        return row -> {
            RowData holder = access.holder(row);
            return holder == null
                    ? null
                    : PlainValues.text(PlainValues.of(getter.getFieldOrNull(holder), type))
                            .getBytes(StandardCharsets.UTF_8);
        };
    }

    private static TextReader ofWhole(NumberReader number) {
        GrowingBytes digits = new GrowingBytes(64);
        return row -> {
            if (number.isNull(row)) {
                return null;
            }
            digits.clear();
            NumberText.append(digits, number.whole(row));
            return digits.copy(0, digits.length());
        };
    }

    private static TextReader ofParts(List<TextReader> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        GrowingBytes text = new GrowingBytes(64);
        return row -> {
            text.clear();
            for (TextReader part : parts) {
                byte[] utf8 = part.read(row);
                if (utf8 == null) {
                    return null;
                }
                text.append(utf8);
            }
            return text.copy(0, text.length());
        };
    }
}
