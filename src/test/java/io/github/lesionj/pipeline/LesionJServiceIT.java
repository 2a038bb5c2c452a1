package io.github.lesionj.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.door.Door;
import io.github.lesionj.door.TestImages;
import io.github.lesionj.evaluation.Evaluation;
import io.github.lesionj.results.HeatMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a script gets: typed values of images, files and stacks. */
@ExtendWith(Door.Extension.class)
class LesionJServiceIT {

    @TempDir
    private Path folder;
    private LesionJService lesionj;

    @BeforeEach
    void service(Door door) {
        lesionj = door.context().service(LesionJService.class);
    }

    @Test
    void anImageWithItsMapAndOutline() {
        Finding found = lesionj.classify(new ImagePlus("square", TestImages.square(64, 64, 32, 16, 255)), "brightness");
        assertEquals("normal", found.label());
        assertEquals(15 / 16.0, found.probability(), 1e-6);
        assertEquals(List.of("normal", "lesion"), List.copyOf(found.probabilities().keySet()));
        HeatMap.Peak peak = new HeatMap(found.explanation().orElseThrow()).peak();
        assertEquals(40, peak.x(), 1e-6);
        assertEquals(24, peak.y(), 1e-6);
        // reduced to a quarter by a triangle of 8 px, a cell's outer pixels are 7/8 bright: (7/8 + 1 + 1 + 7/8) / 4 each way
        assertEquals(15 / 16.0 * 15 / 16, peak.value(), 1e-6);
        assertEquals(1, found.regions().size());
    }

    @Test
    void theCurrentSliceOfAStack() {
        ImageStack stack = new ImageStack(8, 8);
        for (int grey : new int[] {0, 51, 102, 255}) {
            ByteProcessor slice = new ByteProcessor(8, 8);
            slice.setColor(grey);
            slice.fill();
            stack.addSlice(slice);
        }
        ImagePlus image = new ImagePlus("stack", stack);
        image.setSlice(3);
        assertEquals(0.4, lesionj.classify(image, "brightness").probabilities().get("lesion"), 1e-6);
        image.setDimensions(1, 2, 2);
        image.setOpenAsHyperStack(true);
        image.setPosition(1, 2, 2);
        assertEquals(1, lesionj.classify(image, "brightness").probabilities().get("lesion"), 1e-6);
    }

    @Test
    void aFileAndAnImglib2Image() {
        assertEquals(0.2, lesionj.classify(TestImages.flat(folder.resolve("a.png"), 51), "brightness").probabilities().get("lesion"), 1e-6);
        Img<UnsignedByteType> bytes = ArrayImgs.unsignedBytes(10, 12);
        bytes.forEach(pixel -> pixel.set(51));
        assertEquals(0.2, lesionj.classify(bytes, "brightness").probabilities().get("lesion"), 1e-6);
        Img<FloatType> floats = ArrayImgs.floats(10, 12);
        floats.forEach(pixel -> pixel.set(0.25f));
        assertEquals(0.25, lesionj.classify(floats, "brightness").probabilities().get("lesion"), 1e-6);
    }

    @Test
    void figuresOfLabelledImages() throws IOException {
        int[] greys = {51, 102, 153, 204};
        for (int i = 0; i < greys.length; i++) {
            TestImages.flat(folder.resolve(i + ".png"), greys[i]);
        }
        Path table = Files.writeString(folder.resolve("set.csv"), "path,label\n0.png,normal\n1.png,Lesion\n2.png,normal\n3.png,lesion\n");
        Evaluation evaluation = lesionj.evaluate("brightness", table.toString());
        assertEquals(0.75, evaluation.of("auc").value(), 1e-12);
        assertEquals(0.5, evaluation.of("accuracy").value(), 1e-12);
        assertTrue(evaluation.of("accuracy").low() < 0.5);
        Files.writeString(table, "path,label\n0.png,cyst\n");
        assertThrows(UsageException.class, () -> lesionj.evaluate("brightness", table.toString()));
    }

    @Test
    void whatCannotBeIsSaid() {
        UsageException axes = assertThrows(UsageException.class, () -> lesionj.classify(ArrayImgs.bytes(2, 2, 2, 2), "brightness"));
        assertTrue(axes.getMessage().contains("4 axes"), axes.getMessage());
        assertThrows(UsageException.class, () -> lesionj.classify(new ImagePlus("", new ByteProcessor(4, 4)), "no-such-model"));
        LesionJException channels = assertThrows(LesionJException.class, () -> lesionj.classify(ArrayImgs.unsignedBytes(4, 4, 2), "brightness"));
        assertTrue(channels.getMessage().contains("2 channels"), channels.getMessage());
        assertThrows(UsageException.class, () -> lesionj.classify(folder.resolve("none.png"), "brightness"));
    }
}
