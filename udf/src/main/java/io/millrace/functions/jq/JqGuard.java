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

    private final JqBudget budget;
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    JqGuard(JqBudget budget) {
        this.budget = budget;
    }

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
        try {
            field.setAccessible(true);
            Object value = field.get(part);
            Object wrapped = wrap(value);
            if (wrapped != value) {
                field.set(part, wrapped);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object wrap(Object value) {
        if (value instanceof Expression expression) {
            guard(expression);
            return new GuardedExpression(expression, makes(expression), budget);
        }
        if (value instanceof BinaryOperator operator) {
            return new GuardedOperator(operator, budget);
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

    private static boolean makes(Expression expression) {
        return expression instanceof ArrayConstruction
                || expression instanceof ObjectConstruction
                || expression instanceof StringInterpolation
                || expression instanceof FormattingFilter
                || expression instanceof BinaryOperatorExpression
                || expression instanceof BracketFieldAccess;
    }
}
