package io.github.lesionj.pipeline;

import io.github.lesionj.image.ResizeRule;
import java.util.Map;

/**
 * Which network a training makes, and how images are brought to its input.
 *
 * @param architecture id
 * @param options      of the architecture
 * @param dropout      before the last layer, 0..1
 * @param size         of the input in px; 0 = chosen from the data
 * @param channels     of the input; 0 = chosen from the data
 * @param resize       how images are brought to the size
 * @param intensity    auto, type, percentile, zscore
 */
public record NetworkRequest(String architecture, Map<String, String> options, double dropout, int size, int channels,
        ResizeRule resize, String intensity) {

    public NetworkRequest {
        options = Map.copyOf(options);
    }
}
