package io.github.lesionj.dataset;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a set of crops says of how it was made: {@code prepared.json} in its folder. */
public final class PreparedSet {

    /** Its file. */
    public static final String FILE = "prepared.json";
    /** Its key for the margin. */
    public static final String MARGIN = "margin";

    private PreparedSet() {
    }

    /**
     * By how much the crops of a data set show of the surroundings.
     *
     * @param data as the key {@code data} names it
     * @return percent of an object's longer edge on each side; NaN where the data are no crops, or were cut in several ways
     */
    public static double margin(String data) {
        Path path = DataReference.parse(data).path().toAbsolutePath();
        return marginIn(Files.isDirectory(path) ? path : path.getParent());
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
