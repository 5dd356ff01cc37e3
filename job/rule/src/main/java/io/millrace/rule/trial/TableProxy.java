package io.millrace.rule.trial;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A table source or sink with all abilities of another, whatever these are: only what makes the
 * running part of it is replaced.
 */
final class TableProxy implements InvocationHandler {
    private final Object table;
    private final Replacement replacement;

    /** Replaces what a method has returned. */
    @FunctionalInterface
    interface Replacement {
        /**
         * @param method its name
         * @param argument its only argument
         * @param made what the table made
         */
        Object of(String method, Object argument, Object made);
    }

    private TableProxy(Object table, Replacement replacement) {
        this.table = table;
        this.replacement = replacement;
    }

    /** Wraps a table, and each copy that the planner makes of it. */
    static <T> T of(Class<T> type, Object table, Replacement replacement) {
        Set<Class<?>> interfaces = new LinkedHashSet<>();
        for (Class<?> c = table.getClass(); c != null; c = c.getSuperclass()) {
            interfaces.addAll(Set.of(c.getInterfaces()));
        }
        return type.cast(
                Proxy.newProxyInstance(
                        TableProxy.class.getClassLoader(),
                        interfaces.toArray(Class<?>[]::new),
                        new TableProxy(table, replacement)));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        Object result;
        try {
            method.setAccessible(true);
            result = method.invoke(table, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (method.getName().equals("copy")) {
            return of(Object.class, result, replacement);
        }
        return method.getName().endsWith("RuntimeProvider")
                ? replacement.of(method.getName(), arguments[0], result)
                : result;
    }
}
