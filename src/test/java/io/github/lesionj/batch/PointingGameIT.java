package io.github.lesionj.batch;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.Progress;
import io.github.lesionj.dataset.phantom.Lesion;
import io.github.lesionj.dataset.phantom.Phantom;
import io.github.lesionj.dataset.phantom.PhantomGenerator;
import io.github.lesionj.dataset.phantom.PhantomSet;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.image.InputRule;
import io.github.lesionj.image.ResizeRule;
import io.github.lesionj.image.RoiFiles;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.modelpackage.PackageReader;
import io.github.lesionj.network.Safetensors;
import io.github.lesionj.pipeline.Explain;
import io.github.lesionj.results.HeatMap;
import io.github.lesionj.runtime.BatchSettings;
import io.github.lesionj.runtime.LossSettings;
import io.github.lesionj.runtime.NetworkSettings;
import io.github.lesionj.runtime.OptimizerSettings;
import io.github.lesionj.runtime.ScheduleSettings;
import io.github.lesionj.runtime.StartSettings;
import io.github.lesionj.runtime.TensorFlowService;
import io.github.lesionj.runtime.TrainingData;
import io.github.lesionj.runtime.TrainingListener;
import io.github.lesionj.runtime.TrainingPlace;
import io.github.lesionj.runtime.TrainingPlan;
import io.github.lesionj.runtime.TrainingSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scijava.Context;

/** The shipped phantom-lesion through the whole of Classify Image...: does what it writes point into the true lesion? */
class PointingGameIT {

    private static final int WIDTH = 160;
    private static final int HEIGHT = 128;
    private static final double RADIUS = 11;
    private static final double CONTRAST = 75;

    private static Context context;
    private static ModelPackage model;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        context = new Context(TensorFlowService.class);
        Path shipped = Path.of("sample-data", "models", "phantom-lesion");
        assumeTrue(Files.exists(shipped.resolve("rdf.yaml")), "skipped: the shipped model is not here");
        model = new PackageReader().open(shipped);
    }

    @AfterAll
    static void close() {
        context.dispose();
    }

    /** Nine places that every resize rule shows, in images that are not square. */
    @ParameterizedTest
    @EnumSource(ResizeRule.class)
    void writtenOutlineAndPeakLieInTheLesion(ResizeRule rule) {
        PhantomGenerator generator = new PhantomGenerator(WIDTH, HEIGHT);
        Map<String, Lesion> truth = new TreeMap<>();
        for (int place = 0; place < 9; place++) {
            Lesion lesion = new Lesion(WIDTH * (0.3 + 0.2 * (place % 3)), HEIGHT * (0.3 + 0.2 * (place / 3)), RADIUS, CONTRAST);
            Phantom phantom = generator.draw(7_000_000 + place, lesion);
            PhantomSet.writePng(phantom, folder.resolve("in").resolve(place + ".png"));
            truth.put(place + ".png", lesion);
        }
        Map<String, HeatMap> maps = classify(withRule(rule), folder.resolve("out"));
        int peaks = 0;
        int outlines = 0;
        for (Map.Entry<String, Lesion> entry : truth.entrySet()) {
            HeatMap.Peak peak = maps.get(entry.getKey()).peak();
            peaks += entry.getValue().contains(peak.x(), peak.y()) ? 1 : 0;
            outlines += RoiFiles.read(folder.resolve("out/rois").resolve(entry.getKey() + ".zip")).stream()
                .anyMatch(roi -> roi.contains((int) entry.getValue().x(), (int) entry.getValue().y())) ? 1 : 0;
            assertTrue(Files.exists(folder.resolve("out/overlays").resolve(entry.getKey() + ".png")));
        }
        assertTrue(peaks >= 8, rule + ": " + peaks + " of 9 peaks in the lesion");
        assertTrue(outlines >= 8, rule + ": " + outlines + " of 9 outlines around the lesion");
    }

    /** Weights of attention and head in another order know nothing: what remains is chance, a lesion being 2 % of the image. */
    @Test
    void shuffledHeadPointsNowhere() {
        Map<String, FloatTensor> weights = new TreeMap<>(Safetensors.read(model.folder().resolve("weights.safetensors")));
        Random random = new Random(5);
        for (String name : List.of("attention.weight", "head.weight")) {
            weights.put(name, shuffled(weights.get(name), random));
        }
        Path shuffled = export(weights);
        PhantomGenerator generator = new PhantomGenerator(128, 128);
        Map<String, Lesion> truth = new TreeMap<>();
        for (int i = 0; i < 60; i++) {
            Phantom phantom = generator.withLesion(7_100_001 + 2L * i);
            PhantomSet.writePng(phantom, folder.resolve("in").resolve(i + ".png"));
            truth.put(i + ".png", phantom.lesion());
        }
        int before = hits(classify(model, folder.resolve("before")), truth);
        int after = hits(classify(new ModelPackage(folder, model.card(), shuffled, "shuffled"), folder.resolve("after")), truth);
        assertTrue(before >= 51, before + " of 60 as trained");
        assertTrue(after <= 18, after + " of 60 shuffled");
    }

    /** A training that starts from given weights and changes nothing: its learning rate is next to 0. */
    private Path export(Map<String, FloatTensor> weights) {
        Path file = folder.resolve("shuffled.safetensors");
        Safetensors.write(file, weights, Map.of());
        InputRule rule = model.card().input();
        String width = Integer.toString(weights.get("stem.conv.weight").shape()[3]);
        TrainingPlan plan = new TrainingPlan(new NetworkSettings("explainable-cnn", Map.of("width", width), rule.height(), rule.width(),
            rule.channels(), List.of("normal", "lesion"), LabelKind.BINARY, 0), new TrainingSettings(LossSettings.crossEntropy(0),
            BatchSettings.shuffled(8), OptimizerSettings.adamW(0), ScheduleSettings.cosine(1, 1e-12), StartSettings.from(file)), 1,
            new TrainingPlace("cpu", false, folder.resolve("training")));
        return context.service(TensorFlowService.class).backend()
            .train(plan, new Phantoms(), TrainingListener.NONE, Progress.NONE).savedModel();
    }

    /** A batch of phantoms to keep the batch statistics near what they were. */
    private static final class Phantoms implements TrainingData {

        private final PhantomGenerator generator = new PhantomGenerator(128, 128);

        @Override
        public int trainingSize() {
            return 8;
        }

        @Override
        public int validationSize() {
            return 4;
        }

        @Override
        public void readTraining(int index, long seed, float[] destination, int offset) {
            byte[] pixels = generator.draw(7_200_000 + index).pixels();
            for (int i = 0; i < pixels.length; i++) {
                destination[offset + i] = (pixels[i] & 0xff) / 255f;
            }
        }

        @Override
        public void readValidation(int index, float[] destination, int offset) {
            readTraining(index, 0, destination, offset);
        }

        @Override
        public float[] trainingTarget(int index) {
            return index % 2 == 0 ? new float[] {1, 0} : new float[] {0, 1};
        }

        @Override
        public float[] validationTarget(int index) {
            return trainingTarget(index);
        }

        @Override
        public String trainingName(int index) {
            return "phantom " + index;
        }
    }

    private static int hits(Map<String, HeatMap> maps, Map<String, Lesion> truth) {
        return (int) truth.entrySet().stream().filter(entry -> {
            HeatMap.Peak peak = maps.get(entry.getKey()).peak();
            return entry.getValue().contains(peak.x(), peak.y());
        }).count();
    }

    private static FloatTensor shuffled(FloatTensor tensor, Random random) {
        float[] values = tensor.values().clone();
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            float kept = values[i];
            values[i] = values[j];
            values[j] = kept;
        }
        return new FloatTensor(values, tensor.shape());
    }

    private static ModelPackage withRule(ResizeRule rule) {
        ModelCard card = model.card();
        InputRule input = card.input();
        ModelCard changed = new ModelCard(card.name(), card.version(), card.description(), card.licence(), card.attribution(), card.task(),
            card.labelKind(), card.classNames(), card.positive(), new InputRule(input.width(), input.height(), input.channels(),
                input.channel(), input.intensity(), rule), card.signature(), card.activation(), card.threshold(), card.temperature(),
            card.abstain(), card.margin(), card.architecture(), card.training(), card.quality());
        return new ModelPackage(model.folder(), changed, model.savedModel(), model.checksum());
    }

    private Map<String, HeatMap> classify(ModelPackage with, Path output) {
        Map<String, HeatMap> maps = new ConcurrentHashMap<>();
        BatchInputs inputs = BatchInputs.of(folder.resolve("in").toString(), new ImageFiles(), with.card().classNames());
        ClassifyImages.run(new ClassifyImages.Request("Classify Image...", Map.of(), inputs, List.of(with), Explain.AUTO, "cpu", 16, 0,
            output, Map.of()), context.service(TensorFlowService.class).backend(),
            (row, position, map, regions, color) -> maps.put(row.item().image(), map), Progress.NONE);
        return maps;
    }
}
