package io.github.lesionj.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.OvalRoi;
import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UnwritableException;
import io.github.lesionj.door.ResultFiles;
import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.ScoredBox;
import io.github.lesionj.image.RegionSource;
import io.github.lesionj.results.DetectionRun;
import io.github.lesionj.results.DetectionSet;
import io.github.lesionj.results.Detections;
import io.github.lesionj.results.ItemKey;
import io.github.lesionj.results.RunIdentity;
import io.github.lesionj.results.RunStatus;
import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many images searched by a detector that tells their grey value, and fails on purpose. */
class DetectionBatchTest {

    private static final List<String> CLASSES = List.of("dark", "light");

    @TempDir
    private Path folder;

    @AfterEach
    void threadsHaveEnded() {
        FakeRuns.threadsHaveEnded();
    }

    /** What was read of an image; later says that it is read when it is searched. */
    private record Seen(RegionSource later, int grey, Rectangle area) {

        static int grey(RegionSource image) {
            return (int) image.region(image.width() - 1, image.height() - 1, 1, 1).pixels().getAt(0, 0, 0).getRealDouble();
        }
    }

    /** One box for each ten levels of grey, in the area, the surest first. */
    private static class GreyDetector implements Detector<Seen> {

        private final int size;
        private final boolean large;
        private final List<Integer> steps = Collections.synchronizedList(new ArrayList<>());

        GreyDetector(int size, boolean large) {
            this.size = size;
            this.large = large;
        }

        @Override
        public List<String> classNames() {
            return CLASSES;
        }

        @Override
        public int channels() {
            return 1;
        }

        @Override
        public int batch() {
            return size;
        }

        @Override
        public double umPerPx() {
            return Double.NaN;
        }

        @Override
        public Seen prepare(RegionSource image, Rectangle area) {
            return new Seen(large ? image : null, large ? -1 : Seen.grey(image), area);
        }

        @Override
        public boolean isRead(Seen image) {
            return image.later() == null;
        }

        @Override
        public List<List<ScoredBox>> detect(List<Seen> images, Progress progress) {
            steps.add(images.size());
            return images.stream().map(image -> boxes(image.later() == null ? image.grey() : Seen.grey(image.later()), image.area())).toList();
        }

        List<ScoredBox> boxes(int grey, Rectangle area) {
            List<ScoredBox> boxes = new ArrayList<>();
            for (int i = 0; i < grey / 10; i++) {
                double x = (area == null ? 0 : area.x) + i / 3.0;
                double y = area == null ? 0 : area.y;
                boxes.add(new ScoredBox(new Box(x, y, x + 2.5, y + 4), grey < 100 ? 0 : 1, 0.9 - i / 100.0));
            }
            return boxes;
        }
    }

    private DetectionSet run(String name, List<BatchInput> inputs, Detector<?> detector, DetectionDisplay display, Progress progress) {
        Map<String, String> checksums = new LinkedHashMap<>();
        inputs.forEach(input -> checksums.put(input.path(), input.checksum()));
        RunIdentity identity = new RunIdentity("Detect Lesions...", Map.of(), List.of(new RunIdentity.Model("m", "0123456789", "")), checksums);
        try (DetectionRun run = DetectionRun.open(name == null ? null : folder.resolve(name), null, identity, CLASSES)) {
            try {
                DetectImages.detect(detector, run, inputs, 0, display, progress);
                return run.finish();
            } catch (RuntimeException e) {
                run.abort(e);
                throw e;
            }
        }
    }

    private DetectionSet run(List<BatchInput> inputs, Detector<?> detector) {
        return run("out", inputs, detector, DetectionDisplay.NONE, Progress.NONE);
    }

    private String text(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyPlaneOfEveryInputInOrder(boolean large) throws IOException {
        AtomicInteger held = new AtomicInteger();
        List<BatchInput> inputs = List.of(new GreyInput("b.png", 120, 1, held, z -> { }), new GreyInput("a/s.tif", 20, 3, held, z -> { }),
            new GreyInput("none.png", 5, 1, held, z -> { }));
        GreyDetector detector = new GreyDetector(2, large);
        DetectionSet found = run(inputs, detector);
        assertEquals(RunStatus.DONE, found.status());
        assertEquals(List.of(12, 2, 2, 2, 0), found.rows().stream().map(row -> row.boxes().size()).toList());
        assertEquals("""
            image,c,z,t,width,height,um_per_px_x,um_per_px_y,boxes,notes
            b.png,,,,20,20,,,12,
            a/s.tif,1,1,1,20,20,,,2,
            a/s.tif,1,2,1,20,20,,,2,
            a/s.tif,1,3,1,20,20,,,2,
            none.png,,,,20,20,,,0,
            """, text("out/images.csv"));
        assertEquals("b.png,,,,light,0.89,0.3333,0,2.5,4", text("out/results.csv").lines().toList().get(2));
        assertEquals(large ? List.of(1, 1, 1, 1, 1) : List.of(2, 2, 1), detector.steps);
        assertEquals(0, held.get());
        assertTrue(Files.exists(folder.resolve("out/overlays/none.png.png")));
        assertEquals("done 5/0/5/0", ResultFiles.counts(folder.resolve("out")));
        assertEquals(List.of(), ResultFiles.leftovers(folder.resolve("out")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCancelledRunIsContinuedToTheSameBytes(boolean large) throws IOException {
        List<BatchInput> inputs = FakeRuns.images(30);
        run("whole", inputs, new GreyDetector(4, large), DetectionDisplay.NONE, Progress.NONE);
        AtomicInteger searched = new AtomicInteger();
        Progress cancelling = new Progress() {
            @Override
            public void report(long done, long total, String what) {
                searched.set((int) done);
            }

            @Override
            public boolean cancelled() {
                return searched.get() >= 8;
            }
        };
        assertThrows(CancelledException.class, () -> run("out", inputs, new GreyDetector(4, large), DetectionDisplay.NONE, cancelling));
        assertEquals("cancelled", ResultFiles.ledger(folder.resolve("out")).get("status").getAsString());
        List<ItemKey> shown = Collections.synchronizedList(new ArrayList<>());
        GreyDetector again = new GreyDetector(4, large);
        assertEquals(RunStatus.DONE, run("out", inputs, again, found -> shown.add(found.item()), Progress.NONE).status());
        assertEquals(22, again.steps.stream().mapToInt(Integer::intValue).sum());
        assertEquals(30, shown.size());
        assertEquals("done 30/8/22/0", ResultFiles.counts(folder.resolve("out")));
        for (String table : List.of("results.csv", "images.csv", "coco.json", "failures.csv")) {
            assertEquals(text("whole/" + table), text("out/" + table));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void badItemsAreListedAndTheOthersFound(boolean large) {
        AtomicInteger held = new AtomicInteger();
        List<BatchInput> inputs = new ArrayList<>(FakeRuns.images(3));
        inputs.add(new GreyInput("closed.png", 90, 1, held, z -> {
            throw new LesionJException("It cannot be opened.");
        }));
        inputs.add(new GreyInput("torn.tif", 90, 3, held, z -> {
            if (z == 2) {
                throw new LesionJException("It is torn.");
            }
        }));
        inputs.add(new GreyInput("hard.png", 200, 1, held, z -> { }));
        inputs.add(new GreyInput("last.png", 50, 1, held, z -> { }));
        GreyDetector failing = new GreyDetector(8, large) {
            @Override
            List<ScoredBox> boxes(int grey, Rectangle area) {
                if (grey == 200) {
                    throw new LesionJException("It is too hard.");
                }
                return super.boxes(grey, area);
            }
        };
        DetectionSet found = run(inputs, failing);
        assertEquals(RunStatus.PARTIAL, found.status());
        assertEquals("partial 9/0/6/3", ResultFiles.counts(folder.resolve("out")));
        assertEquals(List.of("closed.png open It cannot be opened.", "hard.png predict It is too hard.", "torn.tif_c1_z2_t1 read It is torn."),
            ResultFiles.failures(folder.resolve("out")).stream().map(row -> row.get("image") + " " + row.get("stage") + " " + row.get("reason")).sorted().toList());
        assertEquals(0, held.get());
        assertEquals(RunStatus.PARTIAL, run(inputs, failing).status());
        assertEquals("partial 9/6/0/3", ResultFiles.counts(folder.resolve("out")));
    }

    private static GreyDetector answering(Function<Integer, List<ScoredBox>> answer) {
        return new GreyDetector(3, false) {
            @Override
            List<ScoredBox> boxes(int grey, Rectangle area) {
                return answer.apply(grey);
            }
        };
    }

    @Test
    void boxesBesideTheImageAreLeftOutAndOthersCutOff() {
        DetectionSet found = run(FakeRuns.images(1), answering(grey -> List.of(new ScoredBox(new Box(21, 0, 25, 4), 0, 0.9),
            new ScoredBox(new Box(15, 15, 25, 25), 0, 0.8))));
        assertEquals(List.of(new ScoredBox(new Box(15, 15, 20, 20), 0, 0.8)), found.rows().get(0).boxes());
    }

    @Test
    void anAnswerThatIsNoneFailsItsImageOnly() {
        DetectionSet found = run(FakeRuns.images(3), answering(grey -> List.of(new ScoredBox(new Box(0, 0, 4, 4), 0, grey == 5 ? 2 : 0.5))));
        assertEquals(List.of("00.png", "02.png"), found.rows().stream().map(row -> row.item().path()).toList());
        assertEquals("01.png", found.failures().get(0).image());
    }

    @Test
    void aFullDiskEndsTheRun() {
        DetectionDisplay full = found -> {
            throw new UnwritableException(folder.resolve("out/rows"), new IOException("No space left on device"));
        };
        GreyDetector detector = new GreyDetector(1, false);
        assertThrows(UnwritableException.class, () -> run("out", FakeRuns.images(60), detector, full, Progress.NONE));
        assertTrue(detector.steps.size() < 60, detector.steps.toString());
        assertEquals(List.of(), ResultFiles.failures(folder.resolve("out")));
    }

    @Test
    void onAnOpenImageTheRoiIsSearchedAndBoxesAreWhereTheyAre() {
        ImagePlus image = IJ.createImage("cells", "8-bit white", 300, 200, 1);
        image.getCalibration().pixelWidth = 0.5;
        image.getCalibration().pixelHeight = 0.25;
        image.getCalibration().setUnit("um");
        image.setRoi(new OvalRoi(100, 50, 40, 30));
        List<Detections> shown = new ArrayList<>();
        DetectionSet found = run(null, BatchInputs.of(image).searched().inputs(), new GreyDetector(1, false), shown::add, Progress.NONE);
        assertEquals(shown, found.rows());
        Detections row = found.rows().get(0);
        assertEquals(List.of(300, 200, 25), List.of(row.width(), row.height(), row.boxes().size()));
        assertEquals(new Box(100, 50, 102.5, 54), row.boxes().get(0).box());
        assertEquals(List.of(0.5, 0.25), List.of(row.umX(), row.umY()));
    }

    @Test
    void whatTheUserSaysOfThePixelsCounts() throws IOException {
        GreyDetector told = new GreyDetector(1, false) {
            @Override
            public double umPerPx() {
                return 0.5;
            }
        };
        run(List.of(GreyInput.of("a.png", 10)), told);
        assertEquals("image,c,z,t,label,score,x,y,width,height,x_um,y_um,width_um,height_um\na.png,,,,dark,0.9,0,0,2.5,4,0,0,1.25,2\n",
            text("out/results.csv"));
        assertEquals("key um_per_px", ResultFiles.ledger(folder.resolve("out")).getAsJsonObject("um_per_px").getAsJsonObject("a.png").get("source").getAsString());
    }
}
