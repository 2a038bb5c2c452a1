package io.github.lesionj.training;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import io.github.lesionj.runtime.TrainingListener.EpochReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Where a training is, beside the values of its variables: {@code state.json} of a checkpoint.
 *
 * @param identity what decides the result, see {@link TrainingIdentity}
 * @param step     number of steps done
 * @param lossSums of the steps of an epoch that has not ended, as a loss meter has them
 * @param seconds  since the training began
 * @param history  epochs that have ended
 * @param best     of them; null where there is none yet
 * @param files    name of each file of the checkpoint to its SHA-256 in hexadecimal
 */
record TrainingState(Map<String, String> identity, long step, Map<String, Double> lossSums, double seconds, List<EpochReport> history,
        BestWeights.Found best, Map<String, String> files) {

    // a figure that does not exist is NaN, which strict JSON cannot say
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().serializeSpecialFloatingPointValues().create();

    TrainingState {
        identity = new TreeMap<>(identity);
        lossSums = new LinkedHashMap<>(lossSums);
        history = List.copyOf(history);
        files = new TreeMap<>(files);
    }

    String weightsFile() {
        return weightsFile(step);
    }

    String momentsFile() {
        return "moments-" + step + ".safetensors";
    }

    /** Null where there is no best epoch yet. */
    String bestFile() {
        return best == null ? null : weightsFile(best.step());
    }

    private static String weightsFile(long step) {
        return "weights-" + step + ".safetensors";
    }

    TrainingState with(Map<String, String> otherFiles) {
        return new TrainingState(identity, step, lossSums, seconds, history, best, otherFiles);
    }

    String toJson() {
        return GSON.toJson(this) + "\n";
    }

    /**
     * Reads it back.
     *
     * @throws JsonParseException where it is not what {@link #toJson} writes
     */
    static TrainingState parse(String json) {
        try {
            TrainingState state = Objects.requireNonNull(GSON.fromJson(json, TrainingState.class));
            Objects.requireNonNull(state.files.get(state.weightsFile()));
            Objects.requireNonNull(state.files.get(state.momentsFile()));
            if (state.best != null) {
                Objects.requireNonNull(state.best.validation());
                Objects.requireNonNull(state.files.get(state.bestFile()));
            }
            return state;
        } catch (JsonParseException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new JsonParseException("it is not complete", e);
        }
    }
}
