package io.github.lesionj.results;

import com.google.gson.JsonParseException;
import io.github.lesionj.core.Csv;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.ScoredBox;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables of a detection: {@code results.csv} with a row for each box, {@code images.csv} with a row for each finished item, so
 * that one on which nothing was found is told from one that was not looked at, and {@code coco.json}. Both tables together are read
 * again as they were written.
 */
final class DetectionTables implements ItemTables<Detections> {

    private static final String RESULTS = "results.csv";
    private static final String IMAGES = "images.csv";
    private static final String COCO = "coco.json";
    private static final List<String> IMAGE_COLUMNS =
        List.of("image", "c", "z", "t", "width", "height", "um_per_px_x", "um_per_px_y", "boxes", "notes");
    private static final String NOTE_END = "\n";

    private final List<String> classNames;

    DetectionTables(List<String> classNames) {
        this.classNames = List.copyOf(classNames);
    }

    @Override
    public ItemKey item(Detections row) {
        return row.item();
    }

    @Override
    public String journalName() {
        return ".lesionj-unfinished.jsonl";
    }

    @Override
    public String journalHeader() {
        return "";
    }

    @Override
    public String journalLine(Detections row) {
        return DetectionJson.line(row);
    }

    @Override
    public List<Detections> readJournal(Path journal) {
        List<Detections> rows = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(journal, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rows.add(DetectionJson.parse(line, classNames));
            }
            return rows;
        } catch (IOException e) {
            throw new LesionJException("Cannot continue from " + journal + ": " + WholeFile.reason(e) + ".", e);
        } catch (JsonParseException | IllegalStateException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw damaged(journal, e);
        }
    }

    @Override
    public String listing() {
        return IMAGES;
    }

    @Override
    public List<String> names() {
        return List.of(RESULTS, IMAGES, COCO);
    }

    @Override
    public List<Detections> read(Path folder) {
        try {
            Map<ItemKey, List<ScoredBox>> boxes = new HashMap<>();
            Csv.each(folder.resolve(RESULTS), row -> {
                if (row.line() > 1) {
                    boxes.computeIfAbsent(DetectionCsv.key(row.fields()), key -> new ArrayList<>()).add(box(row.fields()));
                }
            });
            return Csv.read(folder.resolve(IMAGES)).stream().skip(1).map(fields -> item(fields, boxes)).toList();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw damaged(folder.resolve(RESULTS) + " or " + IMAGES, e);
        }
    }

    private static UsageException damaged(Object file, RuntimeException e) {
        return new UsageException("Cannot continue from " + file + ": it was changed or damaged. Choose another output folder, or delete"
            + " this one.", e);
    }

    private ScoredBox box(List<String> fields) {
        double[] numbers = fields.subList(5, 10).stream().mapToDouble(Double::parseDouble).toArray();
        return new ScoredBox(Box.ofSize(numbers[1], numbers[2], numbers[3], numbers[4]), classNames.indexOf(fields.get(4)), numbers[0]);
    }

    private Detections item(List<String> fields, Map<ItemKey, List<ScoredBox>> boxes) {
        ItemKey key = DetectionCsv.key(fields);
        List<ScoredBox> found = boxes.getOrDefault(key, List.of());
        if (found.size() != Integer.parseInt(fields.get(8))) {
            throw new IllegalArgumentException(key.path() + " has " + found.size() + " boxes");
        }
        List<String> notes = fields.get(9).isEmpty() ? List.of() : Arrays.asList(fields.get(9).split(NOTE_END));
        return new Detections(key, Integer.parseInt(fields.get(4)), Integer.parseInt(fields.get(5)), number(fields.get(6)),
            number(fields.get(7)), classNames, found, notes);
    }

    private static double number(String field) {
        return field.isEmpty() ? Double.NaN : Double.parseDouble(field);
    }

    @Override
    public void write(Path folder, List<Detections> rows) {
        WholeFile.write(folder.resolve(COCO), out -> CocoJson.write(out, rows, classNames));
        WholeFile.write(folder.resolve(RESULTS), out -> writeBoxes(out, rows));
        // last, for it tells whether the others are there
        WholeFile.write(folder.resolve(IMAGES), out -> writeItems(out, rows));
    }

    private static void writeBoxes(OutputStream out, List<Detections> rows) throws IOException {
        DetectionCsv format = DetectionCsv.fitting(rows);
        write(out, format.header());
        for (Detections row : rows) {
            for (ScoredBox found : row.boxes()) {
                write(out, format.fields(row, found));
            }
        }
    }

    private static void writeItems(OutputStream out, List<Detections> rows) throws IOException {
        write(out, IMAGE_COLUMNS);
        for (Detections row : rows) {
            List<String> fields = new ArrayList<>(DetectionCsv.item(row.item()));
            fields.addAll(List.of(Integer.toString(row.width()), Integer.toString(row.height()), Numbers.exact(row.umX()),
                Numbers.exact(row.umY()), Integer.toString(row.boxes().size()), String.join(NOTE_END, row.notes())));
            write(out, fields);
        }
    }

    private static void write(OutputStream out, List<String> fields) throws IOException {
        out.write(Csv.line(fields).getBytes(StandardCharsets.UTF_8));
    }
}
