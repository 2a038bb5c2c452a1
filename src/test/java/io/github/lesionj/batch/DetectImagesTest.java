package io.github.lesionj.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.dataset.RejectedItem;
import io.github.lesionj.door.FakeBackend;
import io.github.lesionj.door.ResultFiles;
import io.github.lesionj.door.TinyModel;
import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.ScoredBox;
import io.github.lesionj.image.InputRule;
import io.github.lesionj.image.ResizeRule;
import io.github.lesionj.modelpackage.DetectionRule;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.modelpackage.ModelSignature;
import io.github.lesionj.pipeline.DetectionSettings;
import io.github.lesionj.results.DetectionSet;
import io.github.lesionj.results.GeoJsonExporter;
import io.github.lesionj.results.RunStatus;
import io.github.lesionj.runtime.Backend;
import io.github.lesionj.runtime.Predictor;
import io.github.lesionj.runtime.SavedModelReport;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job with a network of 32 x 32 px whose one candidate is from 2, 3 to 8, 9, of class light with its first pixel's value as score. */
class DetectImagesTest {

    private static final int EDGE = 32;
    private static final Box CANDIDATE = new Box(2, 3, 8, 9);

    @TempDir
    private Path folder;
    private final AtomicInteger loaded = new AtomicInteger();

    @AfterEach
    void nothingStaysLoaded() {
        assertEquals(0, loaded.get());
        FakeRuns.threadsHaveEnded();
    }

    private ModelPackage detector() {
        ModelCard tiny = TinyModel.named("tiny").card();
        InputRule input = new InputRule(EDGE, EDGE, 1, tiny.input().channel(), tiny.input().intensity(), ResizeRule.STRETCH);
        ModelSignature signature = new ModelSignature("serving_default", "image", new int[] {EDGE, EDGE, 1},
            Map.of(ModelSignature.SCORES, "scores", ModelSignature.BOXES, "boxes"));
        ModelCard card = new ModelCard("light", tiny.version(), "", tiny.licence(), "", ModelCard.DETECTION, tiny.labelKind(), List.of("dark", "light"), null,
            input, signature, tiny.activation(), 0.3, 1, Double.NaN, Double.NaN, "", Map.of(), Map.of(), new DetectionRule(1, Double.NaN, 0.5, 300, 4, 8));
        return new ModelPackage(folder, card, folder, "0123456789abcdef");
    }

    /** As a fake, but for its answers. */
    private Backend backend() {
        FakeBackend others = new FakeBackend(FakeRuns.WELL);
        return (Backend) Proxy.newProxyInstance(Backend.class.getClassLoader(), new Class<?>[] {Backend.class}, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "inspect":
                    SavedModelReport.TensorInfo any = new SavedModelReport.TensorInfo("float", null);
                    return new SavedModelReport(Map.of("serving_default", new SavedModelReport.Signature(Map.of("image", any), Map.of("scores", any, "boxes", any))));
                case "open":
                    loaded.incrementAndGet();
                    return new Candidate();
                case "report":
                    return others.report("auto");
                default:
                    try {
                        return method.invoke(others, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
            }
        });
    }

    private final class Candidate implements Predictor {

        @Override
        public Map<String, FloatTensor> predict(Map<String, FloatTensor> inputs) {
            FloatTensor images = inputs.get("image");
            int count = images.batch();
            float[] boxes = new float[4 * count];
            float[] scores = new float[2 * count];
            for (int i = 0; i < count; i++) {
                System.arraycopy(new float[] {2, 3, 8, 9}, 0, boxes, 4 * i, 4);
                scores[2 * i + 1] = images.values()[i * images.values().length / count];
            }
            return Map.of("boxes", new FloatTensor(boxes, count, 1, 4), "scores", new FloatTensor(scores, count, 1, 2));
        }

        @Override
        public String device() {
            return "cpu";
        }

        @Override
        public void close() {
            loaded.decrementAndGet();
        }
    }

    private DetectImages.Request request(BatchInputs inputs, ModelPackage model, Path output) {
        return new DetectImages.Request("Detect Lesions...", Map.of("threshold", "0.3"), inputs, model, DetectionSettings.of(detector().card()), "cpu", 0, output,
            Map.of("geojson", new GeoJsonExporter()));
    }

    @Test
    void filesBecomeAFolderOfResultsAndAreTakenOver() {
        // 0, 5 ... 95: from 80 on the score is above 0.3
        BatchInputs inputs = new BatchInputs(folder.resolve("in"), FakeRuns.images(20), List.of(new RejectedItem("torn.png", "It is torn.")));
        DetectionSet found = DetectImages.run(request(inputs, detector(), folder.resolve("out")), backend(), DetectionDisplay.NONE, Progress.NONE);
        assertEquals(RunStatus.PARTIAL, found.status());
        assertEquals(4, found.boxes());
        assertEquals(List.of(new ScoredBox(CANDIDATE, 1, 0.372549)), found.rows().get(19).boxes());
        assertEquals("partial 21/0/20/1", ResultFiles.counts(folder.resolve("out")));
        assertEquals("torn.png,open,It is torn.", String.join(",", ResultFiles.failures(folder.resolve("out")).get(0).values()));
        assertEquals("cpu", ResultFiles.ledger(folder.resolve("out")).get("device").getAsString());
        assertTrue(Files.exists(folder.resolve("out/geojson/00.png.geojson")));
        assertFalse(Files.exists(folder.resolve("out/rois/00.png.zip")));
        assertTrue(Files.exists(folder.resolve("out/rois/19.png.zip")));
        DetectionSet again = DetectImages.run(request(inputs, detector(), folder.resolve("out")), backend(), DetectionDisplay.NONE, Progress.NONE);
        assertEquals(found.rows(), again.rows());
        assertEquals("partial 21/20/0/1", ResultFiles.counts(folder.resolve("out")));
    }

    @Test
    void anOpenImageIsOnlyShown() {
        ImagePlus image = IJ.createImage("cells", "8-bit white", 20, 16, 1);
        AtomicInteger shown = new AtomicInteger();
        DetectionSet found = DetectImages.run(request(BatchInputs.of(image), detector(), null), backend(), row -> shown.addAndGet(row.boxes().size()), Progress.NONE);
        assertEquals(1, shown.get());
        assertEquals(List.of(new ScoredBox(CANDIDATE, 1, 1)), found.rows().get(0).boxes());
    }

    @Test
    void aClassifierIsRefusedBeforeAnythingIsWritten() {
        ModelPackage classifier = new ModelPackage(folder, TinyModel.named("brightness").card(), folder, "0123456789abcdef");
        BatchInputs inputs = new BatchInputs(folder.resolve("in"), FakeRuns.images(1), List.of());
        DetectImages.Request request = request(inputs, classifier, folder.resolve("out"));
        String message = assertThrows(UsageException.class, () -> DetectImages.run(request, backend(), DetectionDisplay.NONE, Progress.NONE)).getMessage();
        assertTrue(message.contains("classification") && message.contains("Classify Image..."), message);
        assertFalse(Files.exists(folder.resolve("out")));
    }
}
