package io.github.lesionj.results;

import io.github.lesionj.core.Csv;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Classifications as comma-separated values: {@code image[,c,z,t][,roi],label,probability,p_CLASS...[,confident][,truth]}.
 *
 * <p>A column in brackets stands where any row has a value for it; without a value the field is empty. Reading gives
 * back what was written, numbers to six decimals; an empty {@code truth} is read as not known.
 *
 * @param classNames in the order of the probabilities
 * @param position   whether the columns c, z, t are there
 * @param roi        whether the column is there
 * @param confident  whether the column is there
 * @param truth      whether the column is there
 */
record ResultCsv(List<String> classNames, boolean position, boolean roi, boolean confident, boolean truth) {

    /** All columns, for files that grow. */
    static ResultCsv full(List<String> classNames) {
        return new ResultCsv(classNames, true, true, true, true);
    }

    /** The columns that these rows need. */
    static ResultCsv fitting(List<String> classNames, List<Classification> rows) {
        return new ResultCsv(classNames, any(rows, row -> row.item().hasPosition()), any(rows, row -> row.item().roi() != null),
            any(rows, row -> row.confident() != null), any(rows, row -> row.truth() != null));
    }

    private static boolean any(List<Classification> rows, Predicate<Classification> test) {
        return rows.stream().anyMatch(test);
    }

    List<String> header() {
        List<String> names = new ArrayList<>(List.of("image"));
        if (position) {
            names.addAll(List.of("c", "z", "t"));
        }
        if (roi) {
            names.add("roi");
        }
        names.addAll(List.of("label", "probability"));
        classNames.forEach(name -> names.add("p_" + name));
        if (confident) {
            names.add("confident");
        }
        if (truth) {
            names.add("truth");
        }
        return names;
    }

    List<String> fields(Classification row) {
        ItemKey item = row.item();
        List<String> fields = new ArrayList<>(List.of(item.image()));
        if (position) {
            fields.addAll(List.of(index(item.c()), index(item.z()), index(item.t())));
        }
        if (roi) {
            fields.add(item.roi() == null ? "" : item.roi());
        }
        fields.add(row.label());
        fields.add(Csv.number(row.probability()));
        row.probabilities().forEach(value -> fields.add(Csv.number(value)));
        if (confident) {
            fields.add(row.confident() == null ? "" : row.confident().toString());
        }
        if (truth) {
            fields.add(row.truth() == null ? "" : String.join(";", row.truth()));
        }
        return fields;
    }

    /** All rows below the header, with further columns at the end. */
    String text(List<Classification> rows, Map<String, Function<ItemKey, String>> more) {
        List<String> names = header();
        names.addAll(more.keySet());
        StringBuilder text = new StringBuilder(Csv.line(names));
        for (Classification row : rows) {
            List<String> values = fields(row);
            more.values().forEach(column -> values.add(column.apply(row.item())));
            text.append(Csv.line(values));
        }
        return text.toString();
    }

    /** Rows of a file that this class wrote; the header says which columns are there. Records cut short are left out. */
    static List<Classification> parse(List<List<String>> records, List<String> classNames) {
        if (records.isEmpty()) {
            return List.of();
        }
        List<String> header = records.get(0);
        return records.stream().skip(1).filter(record -> record.size() == header.size())
            .map(record -> row(header, record, classNames)).toList();
    }

    private static Classification row(List<String> header, List<String> record, List<String> classNames) {
        String roi = field(header, record, "roi");
        ItemKey item = new ItemKey(field(header, record, "image"), position(field(header, record, "c")),
            position(field(header, record, "z")), position(field(header, record, "t")), roi.isEmpty() ? null : roi);
        List<Double> probabilities = classNames.stream().map(name -> number(field(header, record, "p_" + name))).toList();
        String confident = field(header, record, "confident");
        List<String> truth = labels(field(header, record, "truth"));
        return new Classification(item, labels(field(header, record, "label")), number(field(header, record, "probability")),
            probabilities, confident.isEmpty() ? null : Boolean.valueOf(confident), truth.isEmpty() ? null : truth);
    }

    private static String field(List<String> header, List<String> record, String name) {
        int column = header.indexOf(name);
        return column < 0 ? "" : record.get(column);
    }

    private static List<String> labels(String field) {
        return field.isEmpty() ? List.of() : Arrays.asList(field.split(";"));
    }

    private static String index(int position) {
        return position == 0 ? "" : Integer.toString(position);
    }

    private static int position(String field) {
        return field.isEmpty() ? 0 : Integer.parseInt(field);
    }

    private static double number(String field) {
        return field.isEmpty() ? Double.NaN : Double.parseDouble(field);
    }
}
