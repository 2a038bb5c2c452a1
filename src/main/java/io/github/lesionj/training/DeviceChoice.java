package io.github.lesionj.training;

import io.github.lesionj.core.UsageException;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/** What a session may run on. */
final class DeviceChoice {

    private DeviceChoice() {
    }

    /**
     * Session settings for a device.
     *
     * @param device auto (TensorFlow places operations on a GPU where it sees one), cpu, gpu, or gpu:N
     */
    static ConfigProto config(String device) {
        GPUOptions.Builder memory = GPUOptions.newBuilder().setAllowGrowth(true);
        if (device.startsWith("gpu:")) {
            memory.setVisibleDeviceList(device.substring("gpu:".length()));
        } else if (!device.equals("auto") && !device.equals("cpu") && !device.equals("gpu")) {
            throw new UsageException("The device " + device + " is not one of auto, cpu, gpu, gpu:0.");
        }
        ConfigProto.Builder config = ConfigProto.newBuilder().setGpuOptions(memory).setAllowSoftPlacement(true);
        if (device.equals("cpu")) {
            config.putDeviceCount("GPU", 0);
        }
        return config.build();
    }
}
