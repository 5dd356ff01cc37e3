package io.millrace.functions;

import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.ModuleFactory;
import org.apache.flink.table.module.Module;

/** Makes {@code LOAD MODULE millrace} work; Flink finds it as a service. */
public final class MillraceModuleFactory implements ModuleFactory {
    /** The name in {@code LOAD MODULE}. */
    public static final String IDENTIFIER = "millrace";

    /** The option that says what bad data does. */
    public static final ConfigOption<OnError> ON_ERROR =
            ConfigOptions.key("on-error")
                    .enumType(OnError.class)
                    .defaultValue(OnError.NULL)
                    .withDescription(
                            "What a function does about data that it has no answer for, such as a"
                                    + " text that is no date: 'null' answers NULL and counts it in the"
                                    + " metric functionErrors, 'fail' fails the job.");

    @Override
    public String factoryIdentifier() {
        return IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of();
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of(ON_ERROR);
    }

    @Override
    public Module createModule(Context context) {
        FactoryUtil.ModuleFactoryHelper helper =
                FactoryUtil.createModuleFactoryHelper(this, context);
        helper.validate();
        return new MillraceModule(helper.getOptions().get(ON_ERROR));
    }
}
