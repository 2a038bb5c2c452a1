package io.github.lesionj.pipeline;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How fast trainings are, as measured; {@code training_speed.json}, written by {@code bin/bench speed}.
 *
 * @param processor it was measured on
 * @param cores     of that processor
 * @param date      of the measurement
 * @param command   that makes it again
 * @param batch     images per step
 * @param measuredBy wall time, or another
 * @param figures   one or two per architecture
 */
record TrainingSpeed(String processor, int cores, String date, String command, int batch, String measuredBy,
        List<Figure> figures) {

    /** Below it networks take their stem for small images. */
    private static final int SMALL_IMAGE = 64;

    /**
     * One measurement.
     *
     * @param architecture    id
     * @param size            of the input in px
     * @param imagesPerSecond of training
     * @param peakMb          the process's largest resident memory, in MiB
     */
    record Figure(String architecture, int size, double imagesPerSecond, double peakMb) {
    }

    /** What ships with LesionJ. */
    static TrainingSpeed measured() {
        try (InputStream in = TrainingSpeed.class.getResourceAsStream("training_speed.json");
                InputStreamReader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            JsonObject json = JsonParser.parseReader(reader).getAsJsonObject();
            List<Figure> figures = new ArrayList<>();
            json.getAsJsonArray("figures").forEach(figure -> figures.add(figure(figure.getAsJsonObject())));
            return new TrainingSpeed(json.get("processor").getAsString(), json.get("cores").getAsInt(), json.get("date").getAsString(),
                json.get("command").getAsString(), json.get("batch").getAsInt(), json.get("measured_by").getAsString(), List.copyOf(figures));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Figure figure(JsonObject json) {
        return new Figure(json.get("architecture").getAsString(), json.get("size").getAsInt(),
            json.get("images_per_second").getAsDouble(), json.get("peak_mb").getAsDouble());
    }

    /**
     * Images per second of an architecture, scaled by pixels and cores; empty where it was not measured with the stem that the
     * size takes.
     */
    Optional<Double> imagesPerSecond(String architecture, int size, int onCores) {
        return figure(architecture, size)
            .map(figure -> figure.imagesPerSecond() * pixels(figure.size()) / pixels(size) * onCores / cores);
    }

    /**
     * Memory of a training in MiB, at most: all of what was measured scaled by pixels and batch where those are larger, as
     * measured where they are smaller.
     */
    Optional<Double> memoryMb(String architecture, int size, int withBatch) {
        return figure(architecture, size)
            .map(figure -> figure.peakMb() * Math.max(1, pixels(size) / pixels(figure.size()) * withBatch / batch));
    }

    private Optional<Figure> figure(String architecture, int size) {
        return figures.stream().filter(figure -> figure.architecture().equals(architecture)
            && figure.size() < SMALL_IMAGE == size < SMALL_IMAGE).findFirst();
    }

    private static double pixels(int size) {
        return (double) size * size;
    }
}
