package io.github.lesionj.dataset;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a set of crops says of how it was made: {@code prepared.json} in its folder. */
public final class PreparedSet {

    /** Its file. */
    public static final String FILE = "prepared.json";
    /** Its key for the margin. */
    public static final String MARGIN = "margin";

    /** Its folder of crops without a class, which are labelled by keys, into another table. */
    public static final String UNLABELLED = "unlabelled";

    private PreparedSet() {
    }

    /**
     * By how much the crops of a data set show of the surroundings.
     *
     * @param data as the key {@code data} names it
     * @param set  that it is
     * @return percent of an object's longer edge on each side; NaN where the data are no crops, or were cut in several ways
     */
    public static double margin(String data, LabelledSet set) {
        Path path = DataReference.parse(data).path().toAbsolutePath();
        Path folder = Files.isDirectory(path) ? path : path.getParent();
        if (Files.exists(folder.resolve(FILE))) {
            return marginIn(folder);
        }
        List<Optional<Path>> origins = set.items().stream().map(item -> origin(item.source())).distinct().limit(2).toList();
        return origins.size() == 1 ? origins.get(0).map(PreparedSet::marginIn).orElse(Double.NaN) : Double.NaN;
    }

    /** The set among whose crops without a class an image is. */
    private static Optional<Path> origin(ItemSource source) {
        Path folder = source instanceof ItemSource.File file ? file.path().toAbsolutePath().normalize().getParent() : null;
        while (folder != null && !folder.endsWith(UNLABELLED)) {
            folder = folder.getParent();
        }
        return Optional.ofNullable(folder).map(Path::getParent);
    }

    /** The same, of the set in a folder. */
    public static double marginIn(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Double.NaN;
        }
        try {
            JsonElement json = JsonParser.parseString(Files.readString(file));
            JsonElement margin = json.isJsonObject() ? json.getAsJsonObject().get(MARGIN) : null;
            return margin == null || !margin.isJsonPrimitive() ? Double.NaN : margin.getAsDouble();
        } catch (IOException e) {
            throw new LesionJException("Cannot read " + file + ": " + WholeFile.reason(e) + ".", e);
        } catch (JsonParseException | NumberFormatException e) {
            return Double.NaN;
        }
    }
}
