package io.github.lesionj.cli;

import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Progress;
import io.github.lesionj.dataset.phantom.BoxPhantomSet;
import io.github.lesionj.dataset.phantom.LaplacianBaseline;
import io.github.lesionj.dataset.phantom.Phantom;
import io.github.lesionj.dataset.phantom.PhantomGenerator;
import io.github.lesionj.dataset.phantom.PhantomSet;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;

/** {@code bin/phantoms}: draws phantoms with known truth, or states how hard they are for a baseline without learning. */
public final class Phantoms {

    private static final String USAGE = """
        Usage: bin/phantoms FOLDER COUNT FIRST_SEED [WIDTH HEIGHT]   draws FOLDER/normal, FOLDER/lesion and FOLDER/truth.csv
               bin/phantoms --baseline COUNT FIRST_SEED [WIDTH HEIGHT]
                 accuracy of the best threshold on the largest Laplacian of Gaussian, chosen on the same phantoms
               bin/phantoms --boxes FOLDER COUNT FIRST_SEED   draws 256 x 256 px with small lesions: FOLDER/SEED.png, FOLDER/boxes.json (COCO)
               bin/phantoms --boxes-baseline COUNT FIRST_SEED
                 sensitivity of a detector of blobs (Laplacian of Gaussian) at one false alarm an image
        """;
    private static final int STANDARD_SIZE = 128;

    private Phantoms() {
    }

    /** Exits with 0, or 2 where it was called wrongly. */
    public static void main(String[] arguments) {
        boolean boxes = arguments.length == 4 && arguments[0].equals("--boxes");
        if (arguments.length != 3 && arguments.length != 5 && !boxes) {
            System.err.print(USAGE);
            System.exit(2);
        }
        try {
            if (boxes) {
                System.out.println(BoxPhantomSet.write(Path.of(arguments[1]), Integer.parseInt(arguments[2]), Long.parseLong(arguments[3]), Progress.NONE));
                return;
            }
            int count = Integer.parseInt(arguments[1]);
            long seed = Long.parseLong(arguments[2]);
            int width = arguments.length == 5 ? Integer.parseInt(arguments[3]) : STANDARD_SIZE;
            int height = arguments.length == 5 ? Integer.parseInt(arguments[4]) : STANDARD_SIZE;
            if (arguments[0].equals("--boxes-baseline")) {
                boxesBaseline(count, seed);
            } else if (arguments[0].equals("--baseline")) {
                baseline(count, seed, new PhantomGenerator(width, height));
            } else {
                System.out.println(PhantomSet.write(Path.of(arguments[0]), count, seed, width, height, Progress.NONE));
            }
        } catch (NumberFormatException e) {
            System.err.println("Not a whole number: " + e.getMessage() + ".");
            System.exit(2);
        } catch (LesionJException e) {
            System.err.println(e.getMessage());
            System.exit(e.exitStatus().code());
        }
    }

    private static void boxesBaseline(int count, long firstSeed) {
        Map<Double, Double> sensitivities = new LinkedHashMap<>();
        for (double iou : List.of(0.5, 0.25)) {
            sensitivities.put(iou, LesionFigures.baseline(count, firstSeed, iou).sensitivity(1));
        }
        System.out.printf(Locale.ROOT, "{\"benchmark\": \"box_phantom_baseline\", \"phantoms\": %d, \"first_seed\": %d, \"sensitivity_at_1\": %.4f, "
            + "\"sensitivity_at_1_iou_0.25\": %.4f}%n", count, firstSeed, sensitivities.get(0.5), sensitivities.get(0.25));
    }

    private static void baseline(int count, long firstSeed, PhantomGenerator generator) {
        List<Phantom> phantoms = LongStream.range(firstSeed, firstSeed + count).mapToObj(generator::draw).toList();
        System.out.printf(Locale.ROOT, "{\"benchmark\": \"phantom_baseline\", \"phantoms\": %d, \"first_seed\": %d, \"accuracy\": %.4f}%n",
            count, firstSeed, LaplacianBaseline.bestAccuracy(phantoms));
    }
}
