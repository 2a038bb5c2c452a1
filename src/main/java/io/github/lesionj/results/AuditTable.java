package io.github.lesionj.results;

import io.github.lesionj.core.Csv;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.evaluation.detection.AuditedBox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code audit.csv}: a row for each box of an evaluated detector from the threshold on, and for each object that it missed, the worst
 * image first: {@code image,c,z,t,label,score,x,y,width,height,verdict}, px of the whole image. A missed object has no score.
 */
public final class AuditTable {

    /** Name of the file. */
    public static final String NAME = "audit.csv";

    private AuditTable() {
    }

    /** The columns. */
    public static List<String> header() {
        List<String> header = new ArrayList<>(List.of("image"));
        header.addAll(DetectionCsv.POSITION);
        header.addAll(List.of(DetectionCsv.LABEL, DetectionCsv.SCORE));
        header.addAll(DetectionCsv.SIZE);
        header.add("verdict");
        return header;
    }

    /** The fields of a box. */
    public static List<String> fields(AuditedItem item, AuditedBox box, List<String> classNames) {
        List<String> fields = new ArrayList<>(DetectionCsv.item(item.item()));
        fields.add(classNames.get(box.label()));
        fields.add(Numbers.exact(box.score()));
        for (double value : DetectionCsv.size(box.box())) {
            fields.add(Numbers.exact(value));
        }
        fields.add(box.verdict().text());
        return fields;
    }

    /** Writes the table, whole. */
    public static void write(Path file, List<AuditedItem> items, List<String> classNames) {
        WholeFile.write(file, out -> {
            out.write(Csv.line(header()).getBytes(StandardCharsets.UTF_8));
            for (AuditedItem item : items) {
                for (AuditedBox box : item.image().boxes()) {
                    out.write(Csv.line(fields(item, box, classNames)).getBytes(StandardCharsets.UTF_8));
                }
            }
        });
    }

    /** How many boxes of each verdict the items of a table have, those with a box, in its order. */
    static Map<ItemKey, Map<String, Integer>> counts(Path file) {
        Map<ItemKey, Map<String, Integer>> counts = new LinkedHashMap<>();
        Csv.each(file, row -> {
            if (row.line() > 1) {
                String verdict = row.fields().get(header().size() - 1);
                counts.computeIfAbsent(DetectionCsv.key(row.fields()), key -> new HashMap<>()).merge(verdict, 1, Integer::sum);
            }
        });
        return counts;
    }
}
