package io.millrace.functions.jq;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.internal.misc.Pair;
import net.thisptr.jackson.jq.internal.operators.BinaryOperator;
import net.thisptr.jackson.jq.internal.tree.ArrayConstruction;
import net.thisptr.jackson.jq.internal.tree.FormattingFilter;
import net.thisptr.jackson.jq.internal.tree.FunctionCall;
import net.thisptr.jackson.jq.internal.tree.ObjectConstruction;
import net.thisptr.jackson.jq.internal.tree.StringInterpolation;
import net.thisptr.jackson.jq.internal.tree.binaryop.BinaryOperatorExpression;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.BracketFieldAccess;

/**
 * Makes a compiled program account for itself: each expression and operator in it is wrapped.
 *
 * <p>jackson-jq 1.6.2 has no bound of any kind, and none can be added from outside: {@code
 * [limit(9; repeat(1))]} calls functions, which can be replaced, but {@code def f: f; f} or twenty
 * {@code (0,1)} behind each other do not. Hence reflection on the tree that its parser makes. A
 * test runs each kind of endless program, so that another version of the library cannot undo this
 * unseen.
 */
final class JqGuard {
    private static final String LIBRARY = Expression.class.getPackageName();

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Wraps everything below a part of a program. */
    void guard(Object part) {
        if (!seen.add(part)) {
            return;
        }
        for (Class<?> type = part.getClass(); isLibrary(type); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    guard(part, field);
                }
            }
        }
    }

    private static boolean isLibrary(Class<?> type) {
        return type != null && type.getName().startsWith(LIBRARY) && !type.isEnum();
    }

    private void guard(Object part, Field field) {
        Object value = value(part, field);
        Object wrapped = wrap(value);
        if (wrapped != value) {
            try {
                field.set(part, wrapped);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Object wrap(Object value) {
        if (value instanceof Expression expression) {
            int levels = expression instanceof FunctionCall ? 1 + arguments(expression) / 2 : 1;
            guard(expression);
            return new GuardedExpression(expression, makes(expression), levels);
        }
        if (value instanceof BinaryOperator operator) {
            return new GuardedOperator(operator);
        }
        if (value instanceof Pair<?, ?> pair) {
            return Pair.of(wrap(pair._1), wrap(pair._2));
        }
        if (value instanceof List<?> list) {
            List<Object> wrapped = new ArrayList<>(list.size());
            list.forEach(element -> wrapped.add(wrap(element)));
            return wrapped;
        }
        // Scopes and functions are not parts of the tree.
        if (value != null && value.getClass().getName().startsWith(LIBRARY + ".internal.tree.")) {
            guard(value);
        }
        return value;
    }

    /** Binding each argument of a call takes some of the stack. */
    private static int arguments(Expression call) {
        int count = 0;
        for (Field field : FunctionCall.class.getDeclaredFields()) {
            if (field.getType() == List.class) {
                count += ((List<?>) value(call, field)).size();
            }
        }
        return count;
    }

    private static Object value(Object part, Field field) {
        try {
            field.setAccessible(true);
            return field.get(part);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean makes(Expression expression) {
        return expression instanceof ArrayConstruction
                || expression instanceof ObjectConstruction
                || expression instanceof StringInterpolation
                || expression instanceof FormattingFilter
                || expression instanceof BinaryOperatorExpression
                || expression instanceof BracketFieldAccess;
    }
}
