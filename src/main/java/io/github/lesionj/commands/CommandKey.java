package io.github.lesionj.commands;

import io.github.lesionj.core.UsageException;
import java.io.File;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.scijava.Context;
import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.service.Service;
import org.scijava.widget.NumberWidget;

/**
 * One key of a command, as its {@code @Parameter} field describes it; the only place where the annotations are read.
 *
 * <p>It turns text into the field's value and back and refuses what the annotation does not allow. Numbers have a dot in
 * every locale.
 */
public final class CommandKey {

    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d+");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Set<Class<?>> INTEGERS = Set.of(int.class, Integer.class, long.class, Long.class);
    private static final Set<Class<?>> DECIMALS = Set.of(float.class, Float.class, double.class, Double.class);
    private static final Set<Class<?>> BOOLEANS = Set.of(boolean.class, Boolean.class);

    private final Field field;
    private final Parameter parameter;
    private final Object defaultValue;

    private CommandKey(Field field, Object defaults) {
        this.field = field;
        this.parameter = field.getAnnotation(Parameter.class);
        field.setAccessible(true);
        this.defaultValue = read(defaults);
    }

    /**
     * The keys of a command in the order of the dialog: those of its base classes first, each class's in the order of its
     * fields, but from where {@link LesionCommand#AFTER} says so behind another one; then, in the same order, those that fold
     * away.
     */
    public static List<CommandKey> of(Class<? extends LesionCommand> command) {
        List<CommandKey> keys = new ArrayList<>();
        addDeclared(command, newInstance(command), keys);
        // the sort is stable
        keys.sort(Comparator.comparing(CommandKey::isAdvanced));
        return List.copyOf(keys);
    }

    private static void addDeclared(Class<?> type, Object defaults, List<CommandKey> keys) {
        if (type == LesionCommand.class) {
            return;
        }
        addDeclared(type.getSuperclass(), defaults, keys);
        int place = keys.size();
        for (Field field : type.getDeclaredFields()) {
            if (isKey(field)) {
                CommandKey key = new CommandKey(field, defaults);
                place = key.attribute(LesionCommand.AFTER).map(before -> names(keys).indexOf(before) + 1).orElse(place);
                keys.add(place++, key);
            }
        }
    }

    private static List<String> names(List<CommandKey> keys) {
        return keys.stream().map(CommandKey::name).toList();
    }

    private Optional<String> attribute(String name) {
        return Arrays.stream(parameter.attrs()).filter(attr -> attr.name().equals(name)).map(Attr::value).findFirst();
    }

    private static Object newInstance(Class<? extends LesionCommand> command) {
        try {
            return command.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(command.getName() + " needs a public constructor without arguments", e);
        }
    }

    private static boolean isKey(Field field) {
        Parameter parameter = field.getAnnotation(Parameter.class);
        return parameter != null && parameter.type() != ItemIO.OUTPUT
            && parameter.visibility() != ItemVisibility.MESSAGE
            && !Service.class.isAssignableFrom(field.getType()) && field.getType() != Context.class;
    }

    /** The key as macros write it. */
    public String name() {
        return field.getName();
    }

    /** What the dialog calls it. */
    public String label() {
        return parameter.label().isEmpty() ? name() : parameter.label();
    }

    public String description() {
        return parameter.description();
    }

    public Class<?> type() {
        return field.getType();
    }

    public Object defaultValue() {
        return defaultValue;
    }

    /** SciJava's widget style, such as {@code file}, {@code directory}, {@code save} or {@code both}; may be empty. */
    public boolean hasStyle(String style) {
        return Arrays.asList(parameter.style().split("\\s*,\\s*")).contains(style);
    }

    /** Whether it folds away in the dialog. */
    public boolean isAdvanced() {
        return attribute(LesionCommand.ADVANCED).isPresent();
    }

    /** Whether it changes only what the dialog shows: it is neither recorded nor part of what a run is known by. */
    public boolean isDialogOnly() {
        return attribute(LesionCommand.DIALOG_ONLY).isPresent();
    }

    /**
     * Numbers that a slider goes through beside the text, which may hold others.
     *
     * @param from its left end
     * @param to   its right end
     * @param step above 0
     */
    public record Slider(BigDecimal from, BigDecimal to, BigDecimal step) {
    }

    /** The slider of a number that has one: its style says so, {@code stepSize} and {@link LesionCommand#SLIDER_FROM} how. */
    public Optional<Slider> slider() {
        return hasStyle(NumberWidget.SLIDER_STYLE)
            ? Optional.of(new Slider(new BigDecimal(attribute(LesionCommand.SLIDER_FROM).orElse(parameter.min())), new BigDecimal(parameter.max()),
                new BigDecimal(parameter.stepSize())))
            : Optional.empty();
    }

    /** Whether the dialog shows it at all. */
    public boolean isVisible() {
        return parameter.visibility() != ItemVisibility.INVISIBLE;
    }

    public boolean isBoolean() {
        return BOOLEANS.contains(type());
    }

    public boolean isNumber() {
        return isInteger() || DECIMALS.contains(type());
    }

    public boolean isInteger() {
        return INTEGERS.contains(type());
    }

    /** The values that are allowed, as text; empty where any is. */
    public List<String> choices() {
        if (type().isEnum()) {
            return Arrays.stream(type().getEnumConstants()).map(constant -> ((Enum<?>) constant).name()).toList();
        }
        return List.of(parameter.choices());
    }

    /** The allowed range in words, such as {@code 0 to 1}, {@code at least 1}; empty where there is none. */
    public String range() {
        boolean low = !parameter.min().isEmpty();
        boolean high = !parameter.max().isEmpty();
        if (low && high) {
            return parameter.min() + " to " + parameter.max();
        }
        return low ? "at least " + parameter.min() : high ? "at most " + parameter.max() : "";
    }

    /** A word for the type. */
    public String typeName() {
        if (isBoolean()) {
            return "true or false";
        }
        if (isNumber()) {
            return isInteger() ? "whole number" : "number";
        }
        return !choices().isEmpty() ? "choice" : isPath() ? "path" : "text";
    }

    /** Whether the value is a file or folder, as its type or style says. */
    public boolean isPath() {
        return type() == File.class || hasStyle("file") || hasStyle("directory") || hasStyle("save") || hasStyle("both")
            || hasStyle("open");
    }

    public Object read(Object command) {
        try {
            return field.get(command);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    void write(Object command, Object value) {
        try {
            field.set(command, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The value that a text stands for, checked.
     *
     * @param text as written; null for a bare key, which means true
     */
    public Object parse(String text) {
        Object value = convert(text);
        check(value);
        return value;
    }

    private Object convert(String text) {
        if (isBoolean()) {
            return parseBoolean(text);
        }
        if (text == null) {
            throw new UsageException("The key " + name() + " has no value; write " + name() + "=value.");
        }
        if (isInteger()) {
            return parseInteger(text);
        }
        if (isNumber()) {
            return parseDecimal(text);
        }
        if (type() == File.class) {
            return text.isEmpty() ? null : new File(text);
        }
        if (type().isEnum()) {
            return Arrays.stream(type().getEnumConstants()).filter(constant -> ((Enum<?>) constant).name().equals(text))
                .findFirst().orElseThrow(() -> notAmongChoices(text));
        }
        return text;
    }

    private Object parseBoolean(String text) {
        if (text == null || text.equals("true")) {
            return true;
        }
        if (text.equals("false")) {
            return false;
        }
        throw new UsageException(shown(text) + " is neither true nor false.");
    }

    private Object parseInteger(String text) {
        if (!INTEGER.matcher(text).matches()) {
            throw new UsageException(shown(text) + " is not a whole number; write it in digits only, such as 8.");
        }
        boolean isLong = type() == long.class || type() == Long.class;
        try {
            return isLong ? (Object) Long.valueOf(text) : (Object) Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw new UsageException(shown(text) + " is too large for a whole number.", e);
        }
    }

    private Object parseDecimal(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new UsageException(shown(text) + " is not a number; write it with a dot, such as 0.5.");
        }
        double value = Double.parseDouble(text);
        boolean isDouble = type() == double.class || type() == Double.class;
        return isDouble ? (Object) value : (Object) (float) value;
    }

    /** Refuses a value outside the range or not among the choices. */
    void check(Object value) {
        if (isNumber() && value != null) {
            checkRange(((Number) value).doubleValue(), value);
        } else if (value instanceof String text && !choices().isEmpty() && !choices().contains(text)) {
            throw notAmongChoices(text);
        }
    }

    private void checkRange(double number, Object value) {
        boolean low = !parameter.min().isEmpty() && number < Double.parseDouble(parameter.min());
        boolean high = !parameter.max().isEmpty() && number > Double.parseDouble(parameter.max());
        if (low || high || !Double.isFinite(number)) {
            throw new UsageException(shown(format(value)) + " is out of range; it must be "
                + (range().isEmpty() ? "finite" : range()) + ".");
        }
    }

    private UsageException notAmongChoices(String text) {
        return new UsageException(shown(text) + " is not one of " + String.join(", ", choices()) + ".");
    }

    private String shown(String text) {
        return name() + "=" + text;
    }

    /** The value as {@link #parse} reads it; null is empty. */
    public String format(Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Double || value instanceof Float) {
            return decimal(((Number) value).doubleValue(), value.toString());
        }
        return value instanceof Enum<?> constant ? constant.name() : value.toString();
    }

    private static String decimal(double value, String shortest) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole ? String.format(Locale.ROOT, "%.0f", value) : shortest;
    }
}
