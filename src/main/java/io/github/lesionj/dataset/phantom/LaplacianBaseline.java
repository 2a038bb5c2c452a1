package io.github.lesionj.dataset.phantom;

import java.util.Arrays;
import java.util.List;

/**
 * The baseline without learning that states how hard the phantoms are: the largest response of a scale-normalised Laplacian
 * of Gaussian to bright blobs (Lindeberg 1998, 10.1023/A:1008045108935), and the best threshold on it.
 */
public final class LaplacianBaseline {

    /** Scales in px of a 128 px frame; a lesion of radius r answers best near r / 2.5. */
    private static final double[] SCALES = {2.5, 3.2, 4.0, 5.0};

    private LaplacianBaseline() {
    }

    /** The largest response over all pixels and scales; frames are continued by their edge pixels. */
    public static double strength(Phantom phantom) {
        double largest = Double.NEGATIVE_INFINITY;
        double frame = Math.min(phantom.width(), phantom.height()) / 128.0;
        for (double scale : SCALES) {
            largest = Math.max(largest, strength(phantom, scale * frame));
        }
        return largest;
    }

    private static double strength(Phantom phantom, double sigma) {
        float[] values = new float[phantom.width() * phantom.height()];
        for (int i = 0; i < values.length; i++) {
            values[i] = phantom.pixels()[i] & 0xff;
        }
        return Arrays.stream(responses(values, phantom.width(), phantom.height(), sigma)).max().orElseThrow();
    }

    /** The response of every pixel at a scale, in grey levels; minus infinity at the border, where it is not known. */
    static double[] responses(float[] values, int width, int height, double sigma) {
        float[] smooth = blur(blur(values, width, height, sigma, false), width, height, sigma, true);
        double[] responses = new double[values.length];
        Arrays.fill(responses, Double.NEGATIVE_INFINITY);
        for (int y = 1; y < height - 1; y++) {
            for (int x = 1; x < width - 1; x++) {
                int at = y * width + x;
                double laplacian = smooth[at - 1] + smooth[at + 1] + smooth[at - width] + smooth[at + width] - 4 * smooth[at];
                responses[at] = -sigma * sigma * laplacian;
            }
        }
        return responses;
    }

    private static float[] blur(float[] values, int width, int height, double sigma, boolean vertical) {
        int reach = (int) Math.ceil(4 * sigma);
        float[] kernel = new float[reach + 1];
        double sum = 0;
        for (int i = 0; i <= reach; i++) {
            kernel[i] = (float) Math.exp(-0.5 * i * i / (sigma * sigma));
            sum += i == 0 ? kernel[i] : 2 * kernel[i];
        }
        int length = vertical ? height : width;
        int stride = vertical ? width : 1;
        int lines = vertical ? width : height;
        int lineStride = vertical ? 1 : width;
        float[] line = new float[length + 2 * reach];
        float[] result = new float[values.length];
        for (int n = 0; n < lines; n++) {
            int start = n * lineStride;
            for (int i = 0; i < line.length; i++) {
                line[i] = values[start + stride * Math.max(0, Math.min(length - 1, i - reach))];
            }
            for (int i = 0; i < length; i++) {
                float total = kernel[0] * line[i + reach];
                for (int k = 1; k <= reach; k++) {
                    total += kernel[k] * (line[i + reach - k] + line[i + reach + k]);
                }
                result[start + stride * i] = (float) (total / sum);
            }
        }
        return result;
    }

    /**
     * The threshold with the most right answers, in the middle between two neighbouring strengths.
     *
     * @param normal   strengths of normal phantoms
     * @param abnormal strengths of those with a lesion
     */
    public static double bestThreshold(double[] normal, double[] abnormal) {
        double[] all = new double[normal.length + abnormal.length];
        System.arraycopy(normal, 0, all, 0, normal.length);
        System.arraycopy(abnormal, 0, all, normal.length, abnormal.length);
        Arrays.sort(all);
        double best = all[0];
        double bestAccuracy = -1;
        for (int i = 0; i + 1 < all.length; i++) {
            double threshold = (all[i] + all[i + 1]) / 2;
            double accuracy = accuracy(normal, abnormal, threshold);
            if (accuracy > bestAccuracy) {
                bestAccuracy = accuracy;
                best = threshold;
            }
        }
        return best;
    }

    /** Share of phantoms on the right side of a threshold. */
    public static double accuracy(double[] normal, double[] abnormal, double threshold) {
        long right = Arrays.stream(normal).filter(strength -> strength <= threshold).count()
            + Arrays.stream(abnormal).filter(strength -> strength > threshold).count();
        return (double) right / (normal.length + abnormal.length);
    }

    /** Accuracy of the best threshold, chosen on the same phantoms: the most that this baseline could reach on them. */
    public static double bestAccuracy(List<Phantom> phantoms) {
        double[] normal = phantoms.stream().filter(phantom -> phantom.lesion() == null).mapToDouble(LaplacianBaseline::strength).toArray();
        double[] abnormal = phantoms.stream().filter(phantom -> phantom.lesion() != null).mapToDouble(LaplacianBaseline::strength).toArray();
        return accuracy(normal, abnormal, bestThreshold(normal, abnormal));
    }
}
