package io.github.lesionj.dataset.phantom;

import io.github.lesionj.core.Json;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.TrueBox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Phantoms with boxes on disk: {@code SEED.png}, and {@code boxes.json} in the form of COCO, with the one class {@code lesion}. */
public final class BoxPhantomSet {

    /** Name of the file of boxes. */
    public static final String BOXES = "boxes.json";
    /** The class. */
    public static final String LESION = "lesion";

    private BoxPhantomSet() {
    }

    /**
     * Writes phantoms of consecutive seeds.
     *
     * @param folder    that receives them; files of the same name are replaced
     * @param count     of phantoms
     * @param firstSeed of the first; training and test sets take ranges that do not overlap
     * @return the file of boxes
     */
    public static Path write(Path folder, int count, long firstSeed, Progress progress) {
        if (count < 1) {
            throw new UsageException("Cannot draw " + count + " phantoms: ask for one at least.");
        }
        List<Object> images = new ArrayList<>();
        List<Object> annotations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            progress.checkCancelled();
            progress.report(i, count, "Drawing phantom " + (i + 1));
            BoxPhantom phantom = BoxPhantomGenerator.draw(firstSeed + i);
            String name = phantom.seed() + ".png";
            PhantomSet.writePng(phantom.pixels(), phantom.width(), phantom.height(), folder.resolve(name));
            images.add(Map.of("id", i + 1, "file_name", name, "width", phantom.width(), "height", phantom.height()));
            for (TrueBox truth : phantom.boxes()) {
                Box box = truth.box();
                annotations.add(Map.of("id", annotations.size() + 1, "image_id", i + 1, "category_id", 1, "iscrowd", 0, "area", box.area(),
                    "bbox", List.of(box.x0(), box.y0(), box.width(), box.height())));
            }
        }
        Path file = folder.resolve(BOXES);
        WholeFile.write(file, Json.pretty(Map.of("images", images, "categories", List.of(Map.of("id", 1, "name", LESION)), "annotations", annotations)));
        progress.report(count, count, "Phantoms drawn");
        return file;
    }
}
