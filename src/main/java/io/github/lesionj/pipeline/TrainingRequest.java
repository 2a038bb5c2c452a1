package io.github.lesionj.pipeline;

import io.github.lesionj.runtime.TrainingPlace;
import io.github.lesionj.runtime.TrainingSettings;
import java.util.Map;

/**
 * What a user asks of a training.
 *
 * @param command  as the menu names it, for the ledger
 * @param keys     every key with its value, for the ledger
 * @param data     what is learned from
 * @param network  what is trained
 * @param settings how
 * @param seed     of all that is drawn
 * @param model    what the package says of itself
 * @param place    where: its output is the result folder
 */
public record TrainingRequest(String command, Map<String, String> keys, DataRequest data, NetworkRequest network,
        TrainingSettings settings, long seed, ModelRequest model, TrainingPlace place) {
}
