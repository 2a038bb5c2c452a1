package io.github.lesionj.batch;

import ij.ImagePlus;
import io.github.lesionj.core.Progress;
import io.github.lesionj.geometry.ScoredBox;
import io.github.lesionj.image.ImagePlusSource;
import io.github.lesionj.image.ImageSource;
import io.github.lesionj.image.Position;
import io.github.lesionj.image.RegionSource;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.pipeline.DetectionChoice;
import io.github.lesionj.pipeline.DetectionSettings;
import io.github.lesionj.pipeline.ModelLibrary;
import io.github.lesionj.pipeline.ObjectDetector;
import io.github.lesionj.pipeline.SearchedImage;
import io.github.lesionj.results.Detections;
import io.github.lesionj.runtime.Backend;
import java.awt.Rectangle;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds what is on the plane of an open image that its user looks at, again and again with other settings. The network stays
 * loaded, and what it said of the plane is kept: another threshold, limit or number of boxes needs no new prediction.
 *
 * <p>Not thread-safe: one thread searches.
 */
public final class PlaneSearch implements AutoCloseable {

    /** The plane is searched down to this score, so that a lower threshold than the present one is there as well. */
    static final double FLOOR = 0.05;

    private final Supplier<Backend> backend;
    private Network network;
    private ObjectDetector detector;
    private Plane plane;
    private Searched searched;

    /**
     * Nothing is loaded yet.
     *
     * @param backend asked for with the first search
     */
    public PlaneSearch(Supplier<Backend> backend) {
        this.backend = backend;
    }

    /** Which network, and where it runs. */
    private record Network(String model, String device) {
    }

    /**
     * Everything that a prediction depends on.
     *
     * @param reading what an image's pixels mean
     */
    private record Plane(ImagePlus image, String reading, Position shown, Rectangle area, int channel, double umPerPx, Network network) {
    }

    /** What the network said of a plane of an image. */
    private record Searched(BatchItem item, int width, int height, SearchedImage image) {
    }

    /** What is asked for; the image's plane and ROI are those of the moment when this was made. */
    public static final class Request {

        private final BatchInput input;
        private final DetectionChoice choice;
        private final Plane plane;

        /**
         * A request.
         *
         * @param image   its ROI, if there is one, is searched alone
         * @param model   name, folder or zip
         * @param device  auto, cpu, gpu, gpu:N
         * @param channel from 1, or 0 where none was chosen
         */
        public Request(ImagePlus image, String model, String device, int channel, DetectionChoice choice) {
            this.input = new ActiveImageInput(image).searched();
            this.choice = choice;
            ImagePlusSource source = new ImagePlusSource(image);
            this.plane = new Plane(image, source.reading(), source.shown(), input.area(), channel, choice.umPerPx(), new Network(model, device));
        }

        /** The image that is searched. */
        public ImagePlus image() {
            return plane.image();
        }

        /** Whether one prediction answers both. */
        public boolean isAnsweredLike(Request other) {
            return plane.equals(other.plane);
        }
    }

    /**
     * What was found.
     *
     * @param boxes      on the plane
     * @param settings   that were in effect
     * @param hyperstack whether the image is one
     */
    public record Found(Detections boxes, DetectionSettings settings, boolean hyperstack) {
    }

    /**
     * Searches, where the request differs from the last one in more than threshold, limit and number.
     *
     * @throws io.github.lesionj.core.LesionJException    as the command itself would report it
     * @throws io.github.lesionj.core.CancelledException  where the progress says so; what was known before is forgotten
     */
    public Found search(Request request, Progress progress) {
        load(request.plane.network(), progress);
        DetectionSettings settings = request.choice.with(detector.card());
        if (!request.plane.equals(plane) || settings.threshold() < searched.image().floor()) {
            plane = null;
            searched = searched(request, settings, progress);
            plane = request.plane;
        }
        List<ScoredBox> boxes = DetectionBatch.onImage(searched.image().boxes(settings), searched.width(), searched.height());
        Detections found = new Detections(searched.item().key(), searched.width(), searched.height(), detector.card().classNames(), boxes);
        return new Found(found, settings, request.image().isHyperStack());
    }

    private void load(Network wanted, Progress progress) {
        if (wanted.equals(network)) {
            return;
        }
        close();
        progress.report(0, 0, "Loading the model");
        ModelPackage model = ModelLibrary.single(wanted.model(), backend.get());
        detector = ObjectDetector.open(backend.get(), model, wanted.device());
        network = wanted;
    }

    private Searched searched(Request request, DetectionSettings settings, Progress progress) {
        progress.checkCancelled();
        progress.report(0, 0, "Searching " + request.input.path());
        try (ImageSource source = request.input.open()) {
            List<BatchItem> items = request.input.items(source, detector.card().input().channels(), request.plane.channel());
            BatchItem item = items.stream().filter(each -> isAt(each.position(), request.plane.shown())).findFirst().orElseThrow();
            RegionSource regions = source.regions(item.position());
            SearchedImage found = detector.detect(regions, settings, Math.min(FLOOR, settings.threshold()), request.plane.area(), progress);
            return new Searched(item, regions.width(), regions.height(), found);
        }
    }

    // All channels of a slice and frame may go in together.
    private static boolean isAt(Position item, Position shown) {
        return item.z() == shown.z() && item.t() == shown.t();
    }

    /** Unloads the network and forgets what was found. */
    @Override
    public void close() {
        plane = null;
        searched = null;
        network = null;
        Optional.ofNullable(detector).ifPresent(ObjectDetector::close);
        detector = null;
    }
}
