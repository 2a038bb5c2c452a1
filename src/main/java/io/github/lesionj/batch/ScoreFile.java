package io.github.lesionj.batch;

import io.github.lesionj.core.Csv;
import io.github.lesionj.core.GrowingFile;
import io.github.lesionj.core.UnwritableException;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code scores.csv}: what the network gave for each item, in full, where {@code results.csv} has six decimals. All figures are
 * computed from it, so that a run that was continued gives the same ones.
 *
 * <p>While the run goes on each item is one write to the end of a hidden file; what a kill cut short is dropped.
 */
final class ScoreFile implements AutoCloseable {

    private static final String NAME = "scores.csv";
    private static final String UNFINISHED = ".lesionj-scores.csv";
    private static final String SCORE = "score_";
    private static final String KEY = "image";

    private final Path folder;
    private final Map<String, double[]> scores = new LinkedHashMap<>();
    private final GrowingFile lines;

    private ScoreFile(Path folder) throws IOException {
        this.folder = folder;
        read(folder.resolve(NAME));
        read(folder.resolve(UNFINISHED));
        WholeFile.write(folder.resolve(UNFINISHED), text(scores.keySet()));
        this.lines = new GrowingFile(folder.resolve(UNFINISHED));
    }

    /** Opens it with what an earlier run left. */
    static ScoreFile open(Path folder) {
        try {
            return new ScoreFile(folder);
        } catch (IOException e) {
            throw new UnwritableException(folder.resolve(NAME), e);
        }
    }

    private void read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        GrowingFile.cutUnfinishedLine(file);
        for (Csv.Row row : Csv.rows(file)) {
            List<String> fields = row.fields();
            if (fields.size() > 1 && !fields.get(1).equals(SCORE + 0)) {
                scores.put(fields.get(0), numbers(row, file));
            }
        }
    }

    private static double[] numbers(Csv.Row row, Path file) {
        try {
            return row.fields().stream().skip(1).mapToDouble(Double::parseDouble).toArray();
        } catch (NumberFormatException e) {
            throw new UsageException("Line " + row.line() + " of " + file + " holds no scores: it was changed or damaged. Choose another "
                + "output folder, or delete this one.", e);
        }
    }

    private String text(Collection<String> order) {
        List<String> header = new ArrayList<>(List.of(KEY));
        int columns = scores.values().stream().mapToInt(values -> values.length).max().orElse(0);
        for (int c = 0; c < columns; c++) {
            header.add(SCORE + c);
        }
        StringBuilder text = new StringBuilder(Csv.line(header));
        order.forEach(image -> text.append(line(image, scores.get(image))));
        return text.toString();
    }

    private static String line(String image, double[] values) {
        List<String> fields = new ArrayList<>(List.of(image));
        for (double value : values) {
            fields.add(Double.toString(value));
        }
        return Csv.line(fields);
    }

    /** Adds an item; it is on disk when this returns. */
    void add(String image, double[] values) {
        scores.put(image, values);
        lines.append(line(image, values));
    }

    /** Of an item; null where it has none. */
    double[] of(String image) {
        return scores.get(image);
    }

    /** Writes it whole, with those of these items that it has. */
    void finish(List<String> images) {
        close();
        WholeFile.write(folder.resolve(NAME), text(images.stream().filter(scores::containsKey).toList()));
        try {
            Files.deleteIfExists(folder.resolve(UNFINISHED));
        } catch (IOException e) {
            throw new UnwritableException(folder.resolve(NAME), e);
        }
    }

    @Override
    public void close() {
        lines.close();
    }
}
