package io.github.lesionj.pipeline;

import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Prefetch;
import io.github.lesionj.core.Progress;
import io.github.lesionj.geometry.Boxes;
import io.github.lesionj.geometry.CandidateBoxes;
import io.github.lesionj.geometry.NonMaximumSuppression;
import io.github.lesionj.geometry.ScoredBox;
import io.github.lesionj.geometry.TileMerge;
import io.github.lesionj.geometry.Tiling;
import io.github.lesionj.image.NetworkInput;
import io.github.lesionj.image.RegionSource;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.modelpackage.ModelSignature;
import io.github.lesionj.runtime.Backend;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/**
 * A detector with its network loaded: images go in, however large, boxes in their px come out. An image is looked at in
 * tiles that are read one after the other, so what is in memory does not grow with it.
 *
 * <p>Not thread-safe: one thread predicts.
 */
public final class ObjectDetector implements AutoCloseable {

    /** Boxes of a tile that are kept at most before suppression. */
    private static final int MOST_OF_A_TILE = 10_000;
    /** Boxes of an image that are kept at most before suppression; some 100 bytes each. */
    private static final int MOST_OF_AN_IMAGE = 300_000;

    private final LoadedNetwork network;

    private ObjectDetector(LoadedNetwork network) {
        this.network = network;
    }

    /** Loads the network of a package. */
    public static ObjectDetector open(Backend backend, ModelPackage model, String device) {
        check(backend, model);
        return new ObjectDetector(new LoadedNetwork(model, backend.open(model.savedModel(), model.card().signature().key(), device)));
    }

    /** Refuses a model of another task, or whose graph is not what its card says. */
    public static void check(Backend backend, ModelPackage model) {
        LoadedNetwork.check(backend, model, ModelCard.DETECTION, "detection", "choose another with model=, or use Classify Image...");
    }

    public ModelCard card() {
        return network.card();
    }

    /** The device that is really used. */
    public String device() {
        return network.device();
    }

    /** An image, as far as it is read already. */
    public static final class Prepared {

        private final DetectionView view;
        private final NetworkInput first;

        private Prepared(DetectionView view, NetworkInput first) {
            this.view = view;
            this.first = first;
        }

        /** How many tiles it has. */
        public long tiles() {
            return view.tiling().size();
        }
    }

    /**
     * Reads an image that has one tile, so that a thread may do it while another predicts; of a larger one only what decides its view.
     *
     * @param image    stays open until its boxes are there
     * @param settings says how large a pixel is
     * @param area     to search, px; null = all of it
     */
    public Prepared prepare(RegionSource image, DetectionSettings settings, Rectangle area) {
        DetectionView view = DetectionView.of(card(), image, settings.umPerPx(), area);
        boolean one = view.tiling().size() == 1;
        return new Prepared(view, one ? view.input(view.tiling().tile(0, 0)) : null);
    }

    /**
     * Looks at images.
     *
     * @param floor lowest threshold that will be asked for
     * @return of each, in their order
     */
    public List<SearchedImage> detect(List<Prepared> images, DetectionSettings settings, double floor, Progress progress) {
        List<Prepared> single = images.stream().filter(image -> image.first != null).toList();
        List<SearchedImage> found = new ArrayList<>();
        Iterator<List<ScoredBox>> boxes = predict(single.stream().map(image -> image.first).toList(), floor).iterator();
        for (Prepared image : images) {
            found.add(image.first == null ? tiled(image.view, settings, floor, progress) : one(image, boxes.next(), floor));
        }
        return found;
    }

    private static SearchedImage one(Prepared image, List<ScoredBox> boxes, double floor) {
        Tiling tiling = image.view.tiling();
        TileMerge merge = new TileMerge(tiling, MOST_OF_AN_IMAGE);
        merge.add(tiling.tile(0, 0), image.view.onImage(image.first.placement(), boxes));
        return new SearchedImage(merge, floor, 1);
    }

    private List<List<ScoredBox>> predict(List<NetworkInput> inputs, double floor) {
        // above an IoU of 1 is none: only the count is bounded here, so that the limit can be chosen afterwards
        NonMaximumSuppression cap = new NonMaximumSuppression(1, MOST_OF_A_TILE);
        int classes = card().classNames().size();
        return network.predict(inputs.stream().map(NetworkInput::values).toList()).stream()
            .map(outputs -> candidates(outputs, classes).select(floor, cap)).toList();
    }

    private CandidateBoxes candidates(Map<String, FloatTensor> outputs, int classes) {
        try {
            return new CandidateBoxes(new Boxes(outputs.get(ModelSignature.BOXES).values()), outputs.get(ModelSignature.SCORES).values(), classes);
        } catch (IllegalArgumentException e) {
            throw new LesionJException("The outputs of the model " + card().name() + " do not go together: " + e.getMessage() + ".", e);
        }
    }

    /** What of a tile was read. */
    private record Seen(Tiling.Tile tile, NetworkInput input) {
    }

    private SearchedImage tiled(DetectionView view, DetectionSettings settings, double floor, Progress progress) {
        Tiling tiling = view.tiling();
        TileMerge merge = new TileMerge(tiling, MOST_OF_AN_IMAGE);
        long done = 0;
        // one thread reads: sources are not for several
        try (Prefetch<Seen> tiles = new Prefetch<>(reading(view), 1, 2 * settings.batch())) {
            for (List<Seen> batch = next(tiles, settings.batch(), progress); !batch.isEmpty(); batch = next(tiles, settings.batch(), progress)) {
                List<List<ScoredBox>> found = predict(batch.stream().map(Seen::input).toList(), floor);
                for (int i = 0; i < batch.size(); i++) {
                    merge.add(batch.get(i).tile(), view.onImage(batch.get(i).input().placement(), found.get(i)));
                }
                done += batch.size();
                progress.report(done, tiling.size(), "Tile " + done + " of " + tiling.size());
            }
        }
        return new SearchedImage(merge, floor, tiling.size());
    }

    private static Iterator<Callable<Seen>> reading(DetectionView view) {
        Iterator<Tiling.Tile> tiles = view.tiling().iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return tiles.hasNext();
            }

            @Override
            public Callable<Seen> next() {
                Tiling.Tile tile = tiles.next();
                return () -> new Seen(tile, view.input(tile));
            }
        };
    }

    private static List<Seen> next(Prefetch<Seen> tiles, int count, Progress progress) {
        List<Seen> batch = new ArrayList<>();
        try {
            while (batch.size() < count) {
                progress.checkCancelled();
                Seen seen = tiles.result(progress::checkCancelled);
                if (seen == null) {
                    break;
                }
                batch.add(seen);
            }
            return batch;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new LesionJException("A part of the image cannot be read: " + e.getCause().getMessage(), e.getCause());
        }
    }

    /** Looks at one image. */
    public SearchedImage detect(RegionSource image, DetectionSettings settings, double floor, Rectangle area, Progress progress) {
        return detect(List.of(prepare(image, settings, area)), settings, floor, progress).get(0);
    }

    @Override
    public void close() {
        network.close();
    }
}
