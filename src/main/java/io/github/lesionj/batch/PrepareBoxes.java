package io.github.lesionj.batch;

import ij.gui.Roi;
import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.Json;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.dataset.PreparedSet;
import io.github.lesionj.dataset.RejectedItem;
import io.github.lesionj.image.ImageSource;
import io.github.lesionj.image.PixelFile;
import io.github.lesionj.image.Position;
import io.github.lesionj.image.RoiFiles;
import io.github.lesionj.image.SourceImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whole images with their objects become a set with boxes, as {@code Train Detector...} takes it: {@code OUTPUT/images/IMAGE.png} and
 * {@code OUTPUT/rois/IMAGE.png.zip}. An image without objects has no ROIs and says that nothing is there. The set goes on growing; an image
 * prepared again, for instance with corrected boxes, is replaced.
 */
public final class PrepareBoxes {

    /**
     * What came of it.
     *
     * @param counts   objects of this run by class, in alphabetical order
     * @param images   how many images they are on, and how many have none
     * @param rejected images that could not be used, and why
     */
    public record Prepared(Map<String, Integer> counts, Images images, List<RejectedItem> rejected) {
    }

    /** Numbers of images. */
    public record Images(int withObjects, int without) {
    }

    private final BoxObjects objects;
    private final Path output;
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<RejectedItem> rejected = new ArrayList<>();
    private int withObjects;
    private int without;

    /**
     * A set.
     *
     * @param output its folder, may hold one already
     * @throws UsageException where the folder holds a set of crops
     */
    public PrepareBoxes(BoxObjects objects, Path output) {
        this.objects = objects;
        this.output = output.toAbsolutePath().normalize();
        if (Files.exists(this.output.resolve(PrepareObjects.TABLE))) {
            throw new UsageException("The folder " + output + " holds a set of crops (" + PrepareObjects.TABLE + "): choose another one for whole images"
                + " with boxes.");
        }
    }

    /**
     * Writes the images with their objects; also when it is cancelled, those that are done until then.
     *
     * @param record what {@code prepared.json} says of the run beside its counts
     */
    public Prepared run(BatchInputs inputs, Map<String, Object> record, Progress progress) {
        rejected.addAll(inputs.rejected());
        try {
            long count = 0;
            for (BatchInput input : inputs.inputs()) {
                progress.checkCancelled();
                progress.report(count++, inputs.inputs().size(), "Writing " + input.path());
                prepare(input);
            }
        } finally {
            if (withObjects + without > 0) {
                WholeFile.write(output.resolve(PreparedSet.FILE), Json.pretty(json(record)));
            }
        }
        return new Prepared(counts, new Images(withObjects, without), rejected);
    }

    private void prepare(BatchInput input) {
        try (ImageSource source = input.open()) {
            for (Map.Entry<Position, List<Roi>> plane : objects.of(input, source).entrySet()) {
                write(input.key(source, plane.getKey()).filePath(), source.image(plane.getKey()), plane.getValue());
            }
        } catch (CancelledException e) {
            throw e;
        } catch (LesionJException e) {
            rejected.add(new RejectedItem(input.path(), e.getMessage()));
        }
    }

    private void write(String name, SourceImage image, List<Roi> rois) {
        Path images = output.resolve("images");
        Path file = PixelFile.write(image, images.resolve(name));
        Path archive = output.resolve("rois").resolve(images.relativize(file) + ".zip");
        if (rois.isEmpty()) {
            delete(archive);
            without++;
            return;
        }
        RoiFiles.write(archive, rois);
        rois.forEach(roi -> counts.merge(roi.getName(), 1, Integer::sum));
        withObjects++;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new LesionJException("Cannot replace " + file + ": " + WholeFile.reason(e) + ".", e);
        }
    }

    private Map<String, Object> json(Map<String, Object> record) {
        Map<String, Object> json = new LinkedHashMap<>(record);
        json.put("counts", counts);
        json.put("images_with_objects", withObjects);
        json.put("images_without", without);
        json.put("rejected", rejected.stream().map(item -> item.name() + ": " + item.reason()).toList());
        return json;
    }
}
