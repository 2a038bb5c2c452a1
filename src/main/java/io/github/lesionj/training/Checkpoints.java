package io.github.lesionj.training;

import com.google.gson.JsonParseException;
import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Sha256;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.network.Safetensors;
import io.github.lesionj.runtime.TrainingDifferences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a killed training leaves to go on from: all variables, the optimiser's moments, the best weights, and
 * {@code state.json}, which names these files and is written last.
 *
 * <p>Files carry the number of steps in their names and are never written over: until the new state has replaced the old
 * one, in one move, the old one is whole. What the state does not name is deleted after that.
 */
final class Checkpoints {

    private static final String STATE = "state.json";

    /**
     * A checkpoint in memory.
     *
     * @param state   where the training was
     * @param weights all variables
     * @param moments of the optimiser
     * @param best    weights of the best epoch; null where there is none yet
     */
    record Checkpoint(TrainingState state, Map<String, FloatTensor> weights, Map<String, FloatTensor> moments,
            Map<String, FloatTensor> best) {
    }

    private final Path folder;
    /** Files that the state on disk names. */
    private Map<String, String> present = Map.of();

    Checkpoints(Path folder) {
        this.folder = folder;
    }

    /** Replaces the checkpoint; best weights that the one before it holds are not written again. */
    void write(Checkpoint checkpoint) {
        TrainingState state = checkpoint.state();
        try {
            Map<String, String> files = new LinkedHashMap<>();
            files.put(state.weightsFile(), write(state.weightsFile(), checkpoint.weights()));
            files.put(state.momentsFile(), write(state.momentsFile(), checkpoint.moments()));
            String best = state.bestFile();
            if (best != null && !files.containsKey(best)) {
                files.put(best, present.containsKey(best) ? present.get(best) : write(best, checkpoint.best()));
            }
            WholeFile.write(folder.resolve(STATE), state.with(files).toJson());
            present = files;
            deleteAllBut(files);
        } catch (IOException e) {
            throw new LesionJException("Cannot write the checkpoint " + folder + ": " + WholeFile.reason(e)
                + ". Check that the folder can be written to and that nobody else changes it.", e);
        }
    }

    private String write(String name, Map<String, FloatTensor> values) throws IOException {
        Path file = folder.resolve(name);
        Safetensors.write(file, values, Map.of());
        return Sha256.of(file);
    }

    private void deleteAllBut(Map<String, String> kept) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (!name.equals(STATE) && !kept.containsKey(name)) {
                    delete(file);
                }
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // somebody reads it (Windows): a state does not name it, and the next checkpoint tries again
            return;
        }
    }

    /**
     * The checkpoint; empty where there is none.
     *
     * @param identity that it must have
     * @throws UsageException when it is of another identity, or damaged
     */
    Optional<Checkpoint> read(Map<String, String> identity) {
        try {
            TrainingState state = TrainingState.parse(Files.readString(folder.resolve(STATE)));
            refuseOther(TrainingDifferences.between(state.identity(), identity));
            present = state.files();
            Map<String, FloatTensor> weights = read(state, state.weightsFile());
            return Optional.of(new Checkpoint(state, weights, read(state, state.momentsFile()),
                state.best() == null ? null : read(state, state.bestFile())));
        } catch (NoSuchFileException e) {
            if (e.getFile().endsWith(STATE)) {
                return Optional.empty();
            }
            throw damaged(WholeFile.reason(e), e);
        } catch (IOException e) {
            throw damaged(WholeFile.reason(e), e);
        } catch (JsonParseException e) {
            throw damaged(STATE + " is not what a training writes", e);
        }
    }

    private void refuseOther(List<String> differences) {
        if (!differences.isEmpty()) {
            throw new UsageException("The training in " + folder.getParent() + " cannot be resumed, for it would not end at the same weights: "
                + String.join("; ", differences) + ". Run it as before, or start anew with resume=no.");
        }
    }

    private Map<String, FloatTensor> read(TrainingState state, String name) throws IOException {
        Path file = folder.resolve(name);
        if (!Sha256.of(file).equals(state.files().get(name))) {
            throw damaged(name + " is not what was written", null);
        }
        return Safetensors.read(file);
    }

    private UsageException damaged(String why, Exception cause) {
        return new UsageException("The checkpoint " + folder + " is damaged (" + why + "). Start anew with resume=no.", cause);
    }

    /** Drops the checkpoint; its state first, so that a kill leaves no half of it. */
    void clear() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try {
            Files.deleteIfExists(folder.resolve(STATE));
            deleteAllBut(Map.of());
        } catch (IOException e) {
            throw new LesionJException("Cannot delete the checkpoint " + folder + ": " + WholeFile.reason(e)
                + ". Delete that folder yourself.", e);
        }
    }
}
