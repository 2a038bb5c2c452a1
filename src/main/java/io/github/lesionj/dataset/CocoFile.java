package io.github.lesionj.dataset;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.geometry.Box;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a COCO file (Lin et al. 2014, arXiv:1405.0312) lists, as it stands there. It is read as a stream and outlines are passed
 * over, so that a file of 200 MB costs about 150 bytes for each of its boxes.
 */
final class CocoFile {

    private static final Set<String> LISTS = Set.of("images", "annotations", "categories");
    private static final Set<String> FIELDS =
        Set.of("id", "file_name", "width", "height", "name", "image_id", "category_id", "area", "iscrowd");
    private static final int CORNERS = 4;
    /** Bytes within which the first list must begin. */
    private static final int HEAD = 1 << 20;

    private final List<Image> images = new ArrayList<>();
    private final List<Category> categories = new ArrayList<>();
    private final List<Annotation> annotations = new ArrayList<>();
    /** One object for each id that many annotations have. */
    private final Map<String, String> ids = new HashMap<>();
    private final Set<String> found = new HashSet<>();

    /**
     * An image.
     *
     * @param width  in px; NaN where it is not said
     * @param height the same
     */
    record Image(String id, String file, double width, double height) {
    }

    /** A class. */
    record Category(String id, String name) {
    }

    /**
     * An object, or several.
     *
     * @param image    its id
     * @param category its id
     * @param box      in px from 0; NaN where there is none
     * @param area     in square px; NaN where it is not said
     * @param crowd    whether it is a box of many
     */
    record Annotation(String image, String category, Box box, double area, boolean crowd) {
    }

    /** Takes the value of a field, all of it. */
    private interface Field {
        void read(String name) throws IOException;
    }

    private CocoFile() {
    }

    /** Whether a file begins as COCO files do: an object that has one of their lists; reads 1 MB of it at most. */
    static boolean isCoco(Path file) {
        // Bytes that are no text are told when they are read.
        try (InputStream in = Files.newInputStream(file);
                JsonReader json = reader(new ByteArrayInputStream(in.readNBytes(HEAD)),
                    StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE))) {
            json.beginObject();
            while (json.hasNext()) {
                if (LISTS.contains(json.nextName()) && json.peek() == JsonToken.BEGIN_ARRAY) {
                    return true;
                }
                json.skipValue();
            }
            return false;
        } catch (IOException | IllegalStateException e) {
            // whoever reads it says what is wrong
            return false;
        }
    }

    /**
     * Reads a file.
     *
     * @throws UsageException where it is cut, no JSON, or lacks a list
     */
    static CocoFile read(Path file) {
        CocoFile coco = new CocoFile();
        try (JsonReader json = reader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder())) {
            fields(json, name -> coco.readList(json, name));
        } catch (CharacterCodingException e) {
            throw new UsageException("Cannot read " + file + ": it is not UTF-8 text. Save it as JSON in UTF-8.", e);
        } catch (EOFException | MalformedJsonException | IllegalStateException e) {
            throw new UsageException("Cannot read " + file + ": its JSON is damaged or incomplete. Get the whole file from its source.", e);
        } catch (IOException e) {
            throw new UsageException("Cannot read " + file + ": " + WholeFile.reason(e) + ".", e);
        }
        for (String list : List.of("images", "categories", "annotations")) {
            if (!coco.found.contains(list)) {
                throw new UsageException("The file " + file + " has no list \"" + list + "\", so it does not say what is on its images: "
                    + "give a COCO file of boxes (instances).");
            }
        }
        return coco;
    }

    // Lenient, for Python writes NaN.
    private static JsonReader reader(InputStream in, CharsetDecoder decoder) {
        JsonReader json = new JsonReader(new InputStreamReader(in, decoder));
        json.setLenient(true);
        return json;
    }

    List<Image> images() {
        return images;
    }

    List<Category> categories() {
        return categories;
    }

    List<Annotation> annotations() {
        return annotations;
    }

    private void readList(JsonReader json, String name) throws IOException {
        if (!LISTS.contains(name) || json.peek() != JsonToken.BEGIN_ARRAY) {
            json.skipValue();
            return;
        }
        found.add(name);
        json.beginArray();
        while (json.hasNext()) {
            switch (name) {
                case "images" -> images.add(image(json));
                case "categories" -> categories.add(category(json));
                default -> annotations.add(annotation(json));
            }
        }
        json.endArray();
    }

    private static Map<String, String> texts(JsonReader json) throws IOException {
        Map<String, String> texts = new HashMap<>();
        fields(json, name -> take(json, name, texts));
        return texts;
    }

    private static void take(JsonReader json, String name, Map<String, String> texts) throws IOException {
        if (FIELDS.contains(name)) {
            texts.put(name, text(json));
        } else {
            json.skipValue();
        }
    }

    private Image image(JsonReader json) throws IOException {
        Map<String, String> texts = texts(json);
        return new Image(id(texts, "id"), texts.getOrDefault("file_name", ""), number(texts, "width"), number(texts, "height"));
    }

    private Category category(JsonReader json) throws IOException {
        Map<String, String> texts = texts(json);
        return new Category(id(texts, "id"), texts.getOrDefault("name", ""));
    }

    private Annotation annotation(JsonReader json) throws IOException {
        Map<String, String> texts = new HashMap<>();
        List<Double> corners = new ArrayList<>();
        fields(json, name -> {
            if (name.equals("bbox")) {
                corners.addAll(numbers(json));
            } else {
                take(json, name, texts);
            }
        });
        Box box = corners.size() == CORNERS ? Box.ofSize(corners.get(0), corners.get(1), corners.get(2), corners.get(3))
            : new Box(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        String crowd = texts.getOrDefault("iscrowd", "0");
        return new Annotation(id(texts, "image_id"), id(texts, "category_id"), box, number(texts, "area"), crowd.equals("1") || crowd.equals("true"));
    }

    private String id(Map<String, String> texts, String name) {
        return ids.computeIfAbsent(texts.getOrDefault(name, ""), same -> same);
    }

    private static double number(Map<String, String> texts, String name) {
        return Decimal.of(texts.getOrDefault(name, ""));
    }

    private static void fields(JsonReader json, Field field) throws IOException {
        if (json.peek() != JsonToken.BEGIN_OBJECT) {
            json.skipValue();
            return;
        }
        json.beginObject();
        while (json.hasNext()) {
            field.read(json.nextName());
        }
        json.endObject();
    }

    /** A number or text; empty where it is something else. */
    private static String text(JsonReader json) throws IOException {
        JsonToken token = json.peek();
        if (token == JsonToken.BOOLEAN) {
            return Boolean.toString(json.nextBoolean());
        }
        if (token == JsonToken.NUMBER || token == JsonToken.STRING) {
            return json.nextString();
        }
        json.skipValue();
        return "";
    }

    /**
     * The numbers of a list, NaN for each of its members that is none, and not many more than a box has; of
     * anything else nothing.
     */
    private static List<Double> numbers(JsonReader json) throws IOException {
        List<Double> numbers = new ArrayList<>();
        if (json.peek() != JsonToken.BEGIN_ARRAY) {
            json.skipValue();
            return numbers;
        }
        json.beginArray();
        while (json.hasNext()) {
            double number = Decimal.of(text(json));
            if (numbers.size() <= CORNERS) {
                numbers.add(number);
            }
        }
        json.endArray();
        return numbers;
    }
}
