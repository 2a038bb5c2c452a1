package io.github.lesionj.network;

import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/**
 * How a TensorFlow session uses the machine; the same for training and for prediction.
 *
 * @param gpu          number of the GPU, or -1 for none
 * @param intraThreads threads within one operation; 0 = as many as the machine has cores
 */
public record SessionSettings(int gpu, int intraThreads) {

    /** On the processor only. */
    public static SessionSettings cpu(int intraThreads) {
        return new SessionSettings(-1, intraThreads);
    }

    /** The device's name as the ledger shows it. */
    public String device() {
        return gpu < 0 ? "cpu" : "gpu:" + gpu;
    }

    /** TensorFlow's own form. GPU memory is taken as it is needed, so that two programs can share a GPU. */
    public ConfigProto toProto() {
        ConfigProto.Builder config = ConfigProto.newBuilder().setIntraOpParallelismThreads(intraThreads)
            .setAllowSoftPlacement(true);
        if (gpu < 0) {
            config.putDeviceCount("GPU", 0);
        } else {
            config.setGpuOptions(GPUOptions.newBuilder().setVisibleDeviceList(Integer.toString(gpu)).setAllowGrowth(true));
        }
        return config.build();
    }
}
