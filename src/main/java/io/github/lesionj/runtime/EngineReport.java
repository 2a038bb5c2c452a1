package io.github.lesionj.runtime;

import java.util.List;

/**
 * What is installed and what will be used.
 *
 * @param engine        name and version of the engine in front of TensorFlow, such as {@code DJL 0.36.0}
 * @param tensorFlow    version of the native library
 * @param nativeFolder  where the native library was unpacked to
 * @param devices       {@code cpu}, then every GPU that works
 * @param chosen        the device that {@code auto} takes
 * @param reason        why, in a sentence
 * @param intraThreads  threads within one operation; 0 = TensorFlow's own choice
 * @param interThreads  threads across operations; 0 = TensorFlow's own choice
 * @param oneDnn        whether oneDNN kernels were asked for: on, off, or default
 * @param selfTestMillis time of the self-test graph, or NaN when it was not run
 */
public record EngineReport(String engine, String tensorFlow, String nativeFolder, List<String> devices, String chosen,
        String reason, int intraThreads, int interThreads, String oneDnn, double selfTestMillis) {
}
