package io.github.lesionj.pipeline;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import io.github.lesionj.core.Json;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.runtime.TrainingDifferences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a training that has ended is known again by: its identity, {@code training.json} beside its {@code model} folder.
 *
 * <p>What it throws begins in lower case: whoever asks puts before it which training that is.
 *
 * @param folder that the training wrote to
 */
record TrainingMark(Path folder) {

    private Path file() {
        return folder.resolve("training.json");
    }

    void write(Map<String, String> identity) {
        WholeFile.write(file(), Json.pretty(identity));
    }

    /** Refuses any other training. */
    void requireSame(Map<String, String> identity) {
        refuse(TrainingDifferences.between(earlier(), identity));
    }

    /** Refuses a training that would learn from other images, labels or weights; it may be one on another machine. */
    void requireSameInputs(Map<String, String> identity) {
        refuse(TrainingDifferences.ofInputs(earlier(), identity));
    }

    private Map<String, String> earlier() {
        try {
            Map<String, String> earlier = Files.exists(file())
                ? new Gson().fromJson(Files.readString(file()), new TypeToken<Map<String, String>>() { }) : null;
            if (earlier == null) {
                refuse(List.of("it is not known how"));
            }
            return earlier;
        } catch (IOException e) {
            throw new LesionJException("Cannot read " + file() + ": " + WholeFile.reason(e) + ".", e);
        } catch (JsonParseException e) {
            throw new UsageException(file() + " is not what a training writes. Start anew with resume=no.", e);
        }
    }

    private static void refuse(List<String> differences) {
        if (!differences.isEmpty()) {
            throw new UsageException("its network was trained already, and not as it would be now: " + String.join("; ", differences)
                + ". Run it as before, start anew with resume=no, or give another output folder.");
        }
    }
}
