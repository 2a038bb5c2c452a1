package io.github.lesionj.core;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Comma-separated values as RFC 4180 describes them, UTF-8, numbers with a dot in every locale.
 *
 * <p>Written here and not taken from a library because it is used in front of the wall, where every jar would have to
 * agree with what a user's Fiji happens to hold.
 */
public final class Csv {

    private Csv() {
    }

    /**
     * One record and where it stands.
     *
     * @param line   on which it begins, from 1
     * @param fields unquoted
     */
    public record Row(int line, List<String> fields) {
    }

    /** All records of a file; a byte order mark is dropped, lines that hold nothing are left out. */
    public static List<List<String>> read(Path file) {
        return rows(file).stream().map(Row::fields).toList();
    }

    /** As {@link #read(Path)}, each record with its line, for messages. */
    public static List<Row> rows(Path file) {
        List<Row> rows = new ArrayList<>();
        each(file, rows::add);
        return rows;
    }

    /** As {@link #rows}, one after the other, so that a long file is never in memory as a whole. */
    public static void each(Path file, Consumer<Row> taker) {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            each(reader, taker);
        } catch (MalformedInputException e) {
            throw new UsageException("Cannot read " + file + ": it is not UTF-8 text. Save it as CSV in UTF-8.", e);
        } catch (IOException e) {
            throw new UsageException("Cannot read " + file + ": " + WholeFile.reason(e) + ".", e);
        }
    }

    static List<List<String>> read(Reader reader) throws IOException {
        List<List<String>> records = new ArrayList<>();
        each(reader, row -> records.add(row.fields()));
        return records;
    }

    private static void each(Reader reader, Consumer<Row> taker) throws IOException {
        int line = 1;
        int start = 1;
        List<String> record = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        boolean wasQuoted = false;
        boolean first = true;
        for (int c = reader.read(); c >= 0; c = reader.read()) {
            if (first && c == '\uFEFF') {
                first = false;
                continue;
            }
            first = false;
            line += c == '\n' ? 1 : 0;
            if (quoted) {
                if (c != '"') {
                    field.append((char) c);
                    continue;
                }
                reader.mark(1);
                if (reader.read() == '"') {
                    field.append('"');
                } else {
                    reader.reset();
                    quoted = false;
                }
            } else if (c == '"' && field.length() == 0 && !wasQuoted) {
                quoted = true;
                wasQuoted = true;
            } else if (c == ',') {
                record.add(field.toString());
                field.setLength(0);
                wasQuoted = false;
            } else if (c == '\n') {
                endRecord(taker, start, record, field, wasQuoted);
                start = line;
                record = new ArrayList<>();
                wasQuoted = false;
            } else if (c != '\r') {
                field.append((char) c);
            }
        }
        endRecord(taker, start, record, field, wasQuoted);
    }

    private static void endRecord(Consumer<Row> taker, int line, List<String> record, StringBuilder field, boolean wasQuoted) {
        if (record.isEmpty() && field.length() == 0 && !wasQuoted) {
            return;
        }
        record.add(field.toString());
        field.setLength(0);
        taker.accept(new Row(line, List.copyOf(record)));
    }

    /** One record as a line, with its line feed; a field is quoted where it needs to be. */
    public static String line(List<String> fields) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0) {
                line.append(',');
            }
            line.append(quote(fields.get(i)));
        }
        return line.append('\n').toString();
    }

    private static String quote(String field) {
        boolean needed = field.indexOf(',') >= 0 || field.indexOf('"') >= 0 || field.indexOf('\n') >= 0
            || field.indexOf('\r') >= 0 || !field.equals(field.strip());
        return needed ? '"' + field.replace("\"", "\"\"") + '"' : field;
    }

    /** A number with up to six decimals and a dot; NaN becomes the empty field. */
    public static String number(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        return String.format(Locale.ROOT, "%.6f", value);
    }
}
