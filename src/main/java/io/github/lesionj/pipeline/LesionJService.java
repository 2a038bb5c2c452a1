package io.github.lesionj.pipeline;

import ij.ImagePlus;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.dataset.DataReference;
import io.github.lesionj.dataset.LabelledItem;
import io.github.lesionj.dataset.LabelledSet;
import io.github.lesionj.evaluation.Bootstrap;
import io.github.lesionj.evaluation.Evaluation;
import io.github.lesionj.evaluation.Predictions;
import io.github.lesionj.geometry.ScoredBox;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.image.ImagePlusSource;
import io.github.lesionj.image.ImageSource;
import io.github.lesionj.image.Position;
import io.github.lesionj.image.RegionSource;
import io.github.lesionj.image.SourceImage;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.results.AttentionRegions;
import io.github.lesionj.results.Classification;
import io.github.lesionj.results.Detections;
import io.github.lesionj.results.HeatMap;
import io.github.lesionj.results.ItemKey;
import io.github.lesionj.results.LabelRule;
import io.github.lesionj.results.Region;
import io.github.lesionj.results.ResultRun;
import io.github.lesionj.results.RunIdentity;
import io.github.lesionj.runtime.TensorFlowService;
import java.awt.Rectangle;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;
import org.scijava.convert.ConvertService;
import org.scijava.io.IOService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.service.AbstractService;
import org.scijava.service.SciJavaService;
import org.scijava.service.Service;

/**
 * Where scripts start: {@code #@ LesionJService lesionj} in Groovy or Jython, {@code context.service(LesionJService.class)}
 * in Java.
 *
 * <p>Models stay loaded until the application ends, so that a loop over images loads them once. Methods may be called from
 * any thread; one image is looked at at a time.
 */
@Plugin(type = Service.class)
public final class LesionJService extends AbstractService implements SciJavaService {

    private static final int RESAMPLES = 2000;

    @Parameter
    private TensorFlowService runtime;

    @Parameter(required = false)
    private IOService opener;

    @Parameter(required = false)
    private ConvertService converter;

    private final Map<String, ImageClassifier> loaded = new LinkedHashMap<>();
    private final Map<String, ObjectDetector> detectors = new LinkedHashMap<>();

    /**
     * Classifies the current slice of an ImageJ image, which is not changed.
     *
     * @param model name of an installed model, or a package's folder or zip; several with commas for their mean
     */
    public Finding classify(ImagePlus image, String model) {
        try (ImageSource source = new ImagePlusSource(image)) {
            List<Position> positions = source.positions(classifier(model).channels(), 0);
            // getZ() and getT() follow the current slice of a window only
            int[] shown = image.convertIndexToPosition(image.getCurrentSlice());
            int current = (shown[2] - 1) * image.getNSlices() + shown[1] - 1;
            return classify(source.image(positions.get(current)), image.getTitle(), model);
        }
    }

    /**
     * Classifies the first image of a file.
     *
     * @param file  of any format that ImageJ, Bio-Formats or SCIFIO reads
     * @param model as in {@link #classify(ImagePlus, String)}
     */
    public Finding classify(Path file, String model) {
        try (ImageSource source = new ImageFiles(opener, converter).open(file)) {
            Position first = source.positions(classifier(model).channels(), 0).get(0);
            return classify(source.image(first), file.getFileName().toString(), model);
        }
    }

    /**
     * Classifies an imglib2 image: axes x, y, or x, y, channel; three channels of 8 bits are red, green, blue.
     *
     * @param model as in {@link #classify(ImagePlus, String)}
     */
    public <T extends RealType<T>> Finding classify(RandomAccessibleInterval<T> image, String model) {
        return classify(source(image), "image", model);
    }

    private static <T extends RealType<T>> SourceImage source(RandomAccessibleInterval<T> image) {
        if (image.numDimensions() < 2 || image.numDimensions() > 3) {
            throw new UsageException("An image with " + image.numDimensions()
                + " axes is not taken; give x, y, or x, y, channel.");
        }
        RandomAccessibleInterval<T> channels = image.numDimensions() == 2 ? Views.addDimension(image, 0, 0) : image;
        T type = channels.getAt(channels.minAsLongArray());
        double typeMax = type instanceof IntegerType ? type.getMaxValue() : Double.NaN;
        long count = channels.dimension(2);
        SourceImage.Kind kind = count == 1 ? SourceImage.Kind.GREY
            : count == 3 && typeMax == 255 ? SourceImage.Kind.RGB : SourceImage.Kind.CHANNELS;
        return new SourceImage(Views.zeroMin(channels), kind, typeMax, new double[] {Double.NaN, Double.NaN}, List.of());
    }

    private synchronized Finding classify(SourceImage image, String name, String model) {
        ImageClassifier classifier = classifier(model);
        ImageClassifier.Result result = classifier.classify(image);
        Classification row = classifier.labelRule().classify(ItemKey.of(name), result.probabilities(), null);
        List<Region> regions = result.explanation().flatMap(map -> AttentionRegions.outline(new HeatMap(map))).stream().toList();
        return new Finding(row, classifier.classNames(), result.explanation(), regions);
    }

    private synchronized ImageClassifier classifier(String model) {
        return loaded.computeIfAbsent(model,
            name -> ImageClassifier.open(runtime.backend(), ModelLibrary.open(name, runtime.backend()), "auto", Explain.AUTO));
    }

    /**
     * Finds objects in the current slice of an ImageJ image, which is not changed; where a ROI is active, in its bounds.
     *
     * @param model name of an installed detector, or a package's folder or zip
     * @return boxes from the threshold of the model's card on, in px of the whole image
     */
    public Detections detect(ImagePlus image, String model) {
        try (ImageSource source = new ImagePlusSource(image)) {
            List<Position> positions = source.positions(detector(model).card().input().channels(), 0);
            int[] shown = image.convertIndexToPosition(image.getCurrentSlice());
            Position current = positions.get((shown[2] - 1) * image.getNSlices() + shown[1] - 1);
            Rectangle area = image.getRoi() == null ? null
                : image.getRoi().getBounds().intersection(new Rectangle(image.getWidth(), image.getHeight()));
            return detect(source.regions(current), image.getTitle(), model, area);
        }
    }

    /**
     * Finds objects in the first image of a file, however large.
     *
     * @param model as in {@link #detect(ImagePlus, String)}
     */
    public Detections detect(Path file, String model) {
        try (ImageSource source = new ImageFiles(opener, converter).open(file)) {
            Position first = source.positions(detector(model).card().input().channels(), 0).get(0);
            return detect(source.regions(first), file.getFileName().toString(), model, null);
        }
    }

    /**
     * Finds objects in an imglib2 image: axes x, y, or x, y, channel; three channels of 8 bits are red, green, blue.
     *
     * @param model as in {@link #detect(ImagePlus, String)}
     */
    public <T extends RealType<T>> Detections detect(RandomAccessibleInterval<T> image, String model) {
        return detect(RegionSource.of(source(image)), "image", model, null);
    }

    private synchronized Detections detect(RegionSource image, String name, String model, Rectangle area) {
        ObjectDetector detector = detector(model);
        DetectionSettings settings = DetectionSettings.of(detector.card());
        List<ScoredBox> boxes = detector.detect(image, settings, settings.threshold(), area, Progress.NONE).boxes(settings);
        return new Detections(ItemKey.of(name), image.width(), image.height(), image.umPerPx()[0], image.umPerPx()[1],
            detector.card().classNames(), boxes, List.of());
    }

    private synchronized ObjectDetector detector(String model) {
        return detectors.computeIfAbsent(model,
            name -> ObjectDetector.open(runtime.backend(), ModelLibrary.single(name, runtime.backend()), "auto"));
    }

    /**
     * Prepares a training: reads and checks its data. Then call {@link Training#train}.
     *
     * @param request what to train
     */
    public TrainClassifier training(TrainingRequest request, Progress progress) {
        return TrainClassifier.prepare(request, runtime.backend(), new ImageFiles(opener, converter), progress);
    }

    /**
     * Measures a model on labelled images as {@code Evaluate Model...} does, with 2000 resamples of the seed 1, of groups where
     * the data have them; writes nothing.
     *
     * @param model name of an installed model, or a package's folder or zip; one
     * @param data  path of labelled images, or {@code PATH#split}
     * @throws io.github.lesionj.core.LesionJException at the first image that cannot be read
     */
    public synchronized Evaluation evaluate(String model, String data) {
        List<ModelPackage> models = ModelLibrary.open(model, runtime.backend());
        if (models.size() > 1) {
            throw new UsageException("model=" + model + " names " + models.size() + " models; evaluate them one by one.");
        }
        ModelCard card = JudgedCard.of(models.get(0).card(), "", Double.NaN, Double.NaN);
        LabelledSet set = JudgedSet.open(DataReference.parse(data), "", card);
        RunIdentity identity = new RunIdentity("evaluate", Map.of(), List.of(), Map.of());
        try (ResultRun run = ResultRun.open(null, null, identity, card.classNames())) {
            Predictions predictions = ValidationRun.predict(models.get(0).with(card), set, new ItemReader(new ImageFiles(opener, converter), 0),
                runtime.backend(), "auto", run, Progress.NONE);
            boolean grouped = set.items().stream().anyMatch(item -> !item.group().isEmpty());
            return Evaluation.of(predictions, LabelRule.of(card).decision(),
                grouped ? set.items().stream().map(LabelledItem::group).toList() : List.of(), new Bootstrap(RESAMPLES, 1), Progress.NONE);
        }
    }

    @Override
    public synchronized void dispose() {
        loaded.values().forEach(ImageClassifier::close);
        loaded.clear();
        detectors.values().forEach(ObjectDetector::close);
        detectors.clear();
    }
}
