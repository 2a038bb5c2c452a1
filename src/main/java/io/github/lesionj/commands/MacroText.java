package io.github.lesionj.commands;

import io.github.lesionj.core.UsageException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The text of a macro's {@code run("...", "key=value")}: keys, values, and how they are told apart.
 *
 * <p>Keys are separated by blanks. A value is one of
 * <ul>
 * <li>{@code [...]}, taken whole with everything in it, up to the bracket that closes the first and is followed by a
 * blank or the end;</li>
 * <li>{@code '...'}, up to a quote that is followed by a blank or the end, as in ImageJ's own macros;</li>
 * <li>{@code %[...]}, with {@code %XX} for every byte (UTF-8) that would be in the way: any value can be written so;</li>
 * <li>else everything up to the next blank.</li>
 * </ul>
 * A key without {@code =} stands for {@code true}. ImageJ's own reading searches the whole text for {@code seed=} and
 * finds it inside {@code input=[/study/seed=1/x.png]}; here the text is read from left to right instead.
 */
public final class MacroText {

    private static final String ESCAPED = "%[";
    private static final Pattern KEY_INSIDE = Pattern.compile("\\s\\w+=");

    private final String text;
    private int position;

    private MacroText(String text) {
        this.text = text;
    }

    /**
     * All keys with their values as written, in order; a bare key has the value {@code null}.
     *
     * @throws UsageException for a key given twice, an open bracket, a value in front of which no key stands
     */
    public static Map<String, String> read(String text) {
        return new MacroText(text).entries();
    }

    private Map<String, String> entries() {
        Map<String, String> entries = new LinkedHashMap<>();
        for (skipBlanks(); position < text.length(); skipBlanks()) {
            String key = key();
            String value = null;
            if (position < text.length() && text.charAt(position) == '=') {
                position++;
                value = value(key);
            }
            if (entries.containsKey(key)) {
                throw new UsageException("The key " + key + " is given twice; give it once.");
            }
            entries.put(key, value);
        }
        return entries;
    }

    private void skipBlanks() {
        while (position < text.length() && isBlank(position)) {
            position++;
        }
    }

    private boolean isBlank(int index) {
        return Character.isWhitespace(text.charAt(index));
    }

    private boolean endsBefore(int index) {
        return index >= text.length() || isBlank(index);
    }

    private String key() {
        int start = position;
        while (!endsBefore(position) && text.charAt(position) != '=') {
            position++;
        }
        if (position == start) {
            throw new UsageException("There is no key in front of \"" + rest() + "\"; write key=value.");
        }
        return text.substring(start, position);
    }

    private String rest() {
        return text.substring(position).strip();
    }

    private String value(String key) {
        if (text.startsWith(ESCAPED, position)) {
            return escaped(key);
        }
        if (text.startsWith("[", position)) {
            return delimited(position + 1, closingBracket(key));
        }
        if (text.startsWith("'", position)) {
            int quote = closingQuote();
            if (quote >= 0) {
                return delimited(position + 1, quote);
            }
        }
        int start = position;
        while (!endsBefore(position)) {
            position++;
        }
        return text.substring(start, position);
    }

    private String delimited(int start, int end) {
        position = end + 1;
        return text.substring(start, end);
    }

    private String escaped(String key) {
        int end = position;
        while (!endsBefore(end)) {
            end++;
        }
        try {
            String inside = text.substring(position + ESCAPED.length(), end - 1).replace("+", "%2B");
            if (text.charAt(end - 1) != ']') {
                throw new IllegalArgumentException("open");
            }
            position = end;
            return URLDecoder.decode(inside, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new UsageException("The value of " + key + " begins with %[ but is not written as %[...] with %XX "
                + "for blanks and brackets; write it in plain brackets.", e);
        }
    }

    /** The bracket that balances the opening one, else the first that a blank follows, if no key is lost in between. */
    private int closingBracket(String key) {
        int depth = 0;
        int firstFree = -1;
        for (int i = position; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '[') {
                depth++;
            } else if (c == ']') {
                depth = Math.max(0, depth - 1);
                boolean free = endsBefore(i + 1);
                if (depth == 0 && free) {
                    return i;
                }
                firstFree = firstFree < 0 && free ? i : firstFree;
            }
        }
        if (firstFree < 0 || KEY_INSIDE.matcher(text.substring(position, firstFree)).find()) {
            throw new UsageException("The value of " + key + " opens a bracket that is never closed; write " + key
                + "=[...].");
        }
        return firstFree;
    }

    private int closingQuote() {
        for (int i = position + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\'' && endsBefore(i + 1)) {
                return i;
            }
        }
        return -1;
    }

    /** A text that {@link #read} gives back as the same keys and values. */
    public static String write(Map<String, String> entries) {
        StringBuilder line = new StringBuilder();
        entries.forEach((key, value) -> line.append(line.length() == 0 ? "" : " ").append(key).append('=')
            .append(quote(value)));
        return line.toString();
    }

    private static String quote(String value) {
        if (isPlain(value)) {
            return value;
        }
        return isBalanced(value) && isSafeInMacro(value) ? "[" + value + "]" : escape(value);
    }

    /** The value as it is given to ImageJ's recorder, which itself puts brackets around a value with a blank. */
    public static String forRecorder(String value) {
        boolean simple = isSafeInMacro(value) && value.indexOf('=') < 0 && isBalanced(value);
        boolean bracketed = simple && value.indexOf(' ') >= 0;
        return value.isEmpty() || isPlain(value) || bracketed ? value : escape(value);
    }

    private static boolean isPlain(String value) {
        return !value.isEmpty() && isSafeInMacro(value) && value.chars().noneMatch(Character::isWhitespace)
            && !value.startsWith("[") && !value.startsWith("'") && !value.startsWith(ESCAPED);
    }

    /** Whether the value can stand between double quotes in a macro without being changed. */
    private static boolean isSafeInMacro(String value) {
        return value.chars().noneMatch(c -> c == '"' || c == '\\' || c < ' ' || c == 0x7F);
    }

    private static boolean isBalanced(String value) {
        int depth = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (depth < 0) {
                return false;
            }
        }
        return depth == 0;
    }

    private static String escape(String value) {
        return ESCAPED + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20") + "]";
    }
}
