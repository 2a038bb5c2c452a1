package io.github.lesionj.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.gui.Roi;
import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.Progress;
import io.github.lesionj.dataset.GivenLabel;
import io.github.lesionj.door.FakeBackend;
import io.github.lesionj.door.ResultFiles;
import io.github.lesionj.door.TinyModel;
import io.github.lesionj.image.ObjectCrop;
import io.github.lesionj.image.RoiFiles;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.pipeline.Explain;
import io.github.lesionj.results.ClassColors;
import io.github.lesionj.results.ObjectLabels;
import io.github.lesionj.results.ResultSet;
import io.github.lesionj.results.RunStatus;
import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many objects on few images: planes are read once, and a run that was stopped goes on. */
class ObjectBatchTest {

    @TempDir
    private Path folder;

    private Path output() {
        return folder.resolve("out");
    }

    private static List<Roi> rois(int count, int slices) {
        List<Roi> rois = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Roi roi = new Roi(i % 15, i / 15 % 15, 4, 4);
            roi.setPosition(i * slices / count + 1);
            rois.add(roi);
        }
        return rois;
    }

    private ResultSet run(List<BatchInput> images, List<Roi> rois, FakeBackend backend, ObjectDisplay display, Progress progress) {
        ModelPackage model = new ModelPackage(folder, TinyModel.named("brightness").card(), folder, "0123456789abcdef");
        BatchInputs inputs = new BatchInputs(folder.resolve("in"), images, List.of()).objects(ObjectSource.of(rois, "none"), new ObjectCrop(0));
        return ClassifyImages.run(new ClassifyImages.Request("Classify Image...", Map.of(), inputs, List.of(model), Explain.NONE, "cpu", 16, 0,
            output(), Map.of()), backend, display, progress);
    }

    @Test
    void fiveThousandObjectsReadEachPlaneOnceForEachReader() {
        AtomicInteger planes = new AtomicInteger();
        AtomicInteger held = new AtomicInteger();
        GreyInput stack = new GreyInput("stack.tif", 51, 5, held, z -> planes.addAndGet(z > 0 ? 1 : 0));
        List<Roi> shown = new ArrayList<>();
        ResultSet results = run(List.of(stack), rois(5000, 5), new FakeBackend(batch -> { }), shown::addAll, Progress.NONE);
        assertEquals(RunStatus.DONE, results.status());
        assertEquals(5000, results.rows().size());
        assertTrue(results.rows().stream().allMatch(row -> Math.abs(row.probabilities().get(1) - 0.2) < 1e-6));
        // where one slice ends, readers may ask for both slices in turn
        int readers = Runtime.getRuntime().availableProcessors();
        assertTrue(planes.get() >= 5 && planes.get() <= 5 + 4 * 2 * readers, planes + " planes were read");
        assertEquals(0, held.get());
        assertEquals(5000, shown.size());
        assertEquals("normal 0.80", shown.get(0).getName());
        assertEquals(5000, RoiFiles.read(output().resolve("rois/stack.tif.zip")).size());
    }

    @Test
    void aClassOfAnEarlierRunDoesNotStayOnAnObjectThatFails() throws Exception {
        List<Roi> rois = rois(3, 1);
        rois.get(1).setName("mine");
        rois.get(2).setFillColor(new Color(9, 9, 9, 100));
        Color classColor = ClassColors.of(List.of("normal", "lesion"), "normal");
        run(List.of(GreyInput.of("a.png", 0)), rois, new FakeBackend(batch -> { }), ObjectDisplay.NONE, Progress.NONE);
        assertEquals("normal 1.00", rois.get(1).getName());
        assertEquals(classColor, rois.get(1).getStrokeColor());
        assertEquals(classColor.getRGB() & 0xffffff, rois.get(2).getFillColor().getRGB() & 0xffffff);
        Files.move(output(), folder.resolve("earlier"));
        rois.get(1).setPosition(9);
        rois.get(2).setPosition(9);
        ResultSet results = run(List.of(GreyInput.of("a.png", 0)), rois, new FakeBackend(batch -> { }), ObjectDisplay.NONE, Progress.NONE);
        assertEquals(RunStatus.PARTIAL, results.status());
        List<Roi> written = RoiFiles.read(output().resolve("rois/a.png.zip"));
        assertEquals(List.of("normal 1.00", "mine"), written.stream().limit(2).map(Roi::getName).toList());
        assertEquals(List.of(1, 0, 0), written.stream().map(Roi::getGroup).toList());
        assertEquals("", GivenLabel.of(written.get(1)));
        assertEquals("mine", rois.get(1).getName());
        assertNull(rois.get(1).getStrokeColor());
        assertNull(rois.get(2).getName());
        assertEquals(new Color(192, 192, 192, 100), rois.get(2).getFillColor());
    }

    @Test
    void aStoppedRunGoesOnAndWritesTheFilesOfAll() throws Exception {
        List<BatchInput> images = List.of(GreyInput.of("a.png", 0), GreyInput.of("b.png", 255));
        AtomicInteger asked = new AtomicInteger();
        Progress impatient = new Progress() {
            @Override
            public void report(long done, long total, String what) {
                asked.set((int) done);
            }

            @Override
            public boolean cancelled() {
                return asked.get() > 60;
            }
        };
        assertThrows(CancelledException.class, () -> run(images, rois(100, 1), new FakeBackend(batch -> { }), ObjectDisplay.NONE, impatient));
        int before = ResultFiles.rows(output()).size();
        assertTrue(before > 60 && before < 200, before + " rows");
        assertFalse(Files.exists(output().resolve("rois/b.png.zip")));
        assertEquals(RunStatus.DONE, run(images, rois(100, 1), new FakeBackend(batch -> { }), ObjectDisplay.NONE, Progress.NONE).status());
        assertEquals("done 200/" + before + "/" + (200 - before) + "/0", ResultFiles.counts(output()));
        List<String> order = ResultFiles.rows(output()).stream().map(row -> row.get("image") + " " + row.get("roi")).toList();
        for (int i = 0; i < 200; i++) {
            assertEquals((i < 100 ? "a.png" : "b.png") + " roi-" + (i % 100 + 1), order.get(i), "in the order of the ROIs");
        }
        assertEquals("normal 1.00", RoiFiles.read(output().resolve("rois/a.png.zip")).get(99).getName());
        assertEquals("lesion 1.00", RoiFiles.read(output().resolve("rois/b.png.zip")).get(0).getName());
        assertEquals(List.of(), ResultFiles.leftovers(output()));
    }
}
