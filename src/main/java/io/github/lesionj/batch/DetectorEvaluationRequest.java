package io.github.lesionj.batch;

import io.github.lesionj.evaluation.Bootstrap;
import io.github.lesionj.evaluation.detection.DetectionOperatingRule;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.pipeline.DetectionSettings;
import io.github.lesionj.results.ResultExporter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a user asks of the evaluation of a detector.
 *
 * @param command   as the menu names it, for the ledger
 * @param keys      every key with its value, for the ledger
 * @param data      images with boxes
 * @param model     a detector
 * @param settings  threshold at which precision, recall and the verdicts are, and the like
 * @param device    auto, cpu, gpu, gpu:N
 * @param channel   from 1, or 0 where none was chosen
 * @param bootstrap how intervals are drawn
 * @param operating how a threshold for a copy of the model is chosen; empty = none is
 * @param worst     how many of the worst images get a picture
 * @param output    result folder
 * @param exporters by name; they write the boxes from the threshold on into the result folder at the end
 */
public record DetectorEvaluationRequest(String command, Map<String, String> keys, EvaluationData data, ModelPackage model,
        DetectionSettings settings, String device, int channel, Bootstrap bootstrap, Optional<DetectionOperatingRule> operating, int worst, Path output,
        Map<String, ResultExporter> exporters) {
}
