package io.github.lesionj.batch;

import ij.gui.Roi;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.image.ImageSource;
import io.github.lesionj.image.RoiFiles;
import io.github.lesionj.image.RoiMark;
import io.github.lesionj.results.ItemKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the objects of an image come from, as the key {@code rois} names it. */
public interface ObjectSource {

    /** The key's values beside a path. */
    List<String> WORDS = List.of("none", "manager", "overlay");

    /**
     * The ROIs of an input, in their order; those that are classified get name, group and colour.
     *
     * @param source the input, opened
     */
    List<Roi> rois(BatchInput input, ImageSource source);

    /** What is said where an input has none. */
    String missing(BatchInput input);

    /** The overlay: that of the open image, or the one that ImageJ stored in a TIFF; elements of ours are left out. */
    static ObjectSource overlay() {
        return new ObjectSource() {
            @Override
            public List<Roi> rois(BatchInput input, ImageSource source) {
                return source.overlay().stream().filter(roi -> !RoiMark.isOurs(roi)).toList();
            }

            @Override
            public String missing(BatchInput input) {
                return input.path() + " has no ROI in its overlay: add them with Image > Overlay > Add Selection, or with"
                    + " Analyze > Analyze Particles and the box Overlay (rois= also takes a .zip of ROIs); only a TIFF keeps an overlay.";
            }
        };
    }

    /** The same with boxes that a detector found, as its user has corrected them. */
    static ObjectSource drawn() {
        return new ObjectSource() {
            @Override
            public List<Roi> rois(BatchInput input, ImageSource source) {
                if (source.overlay().stream().anyMatch(roi -> RoiMark.isOurs(roi, RoiMark.AUDIT))) {
                    throw new UsageException("The image " + input.path() + " is the audit view of an evaluation, whose pictures are nothing to"
                        + " learn from: open the image itself there with Correct, and prepare that.");
                }
                return source.overlay();
            }

            @Override
            public String missing(BatchInput input) {
                return overlay().missing(input);
            }
        };
    }

    /** A list that is the same for every input, such as the ROI Manager's. */
    static ObjectSource of(List<Roi> rois, String missing) {
        return new ObjectSource() {
            @Override
            public List<Roi> rois(BatchInput input, ImageSource source) {
                return rois;
            }

            @Override
            public String missing(BatchInput input) {
                return missing;
            }
        };
    }

    /**
     * Files as the ROI Manager saves them.
     *
     * @param path a {@code .zip} or {@code .roi} for a single image, or a folder with {@code PATH.zip} (or the same without
     *             the image's own ending) for each
     * @param many whether there may be several images
     * @throws UsageException where there is no such file, or a single one for several images
     */
    static ObjectSource files(Path path, boolean many) {
        if (!Files.exists(path)) {
            throw new UsageException("There is no file or folder " + path + "; set rois to manager, overlay, a .zip of ROIs, or a"
                + " folder of them.");
        }
        boolean folder = Files.isDirectory(path);
        if (many && !folder) {
            throw new UsageException("The ROIs in " + path + " belong to one image, but the input has several: set rois to a folder"
                + " with PATH.zip for each of them, or to overlay.");
        }
        return new ObjectSource() {
            @Override
            public List<Roi> rois(BatchInput input, ImageSource source) {
                Path file = folder ? fileOf(input) : path;
                return Files.exists(file) ? RoiFiles.read(file) : List.of();
            }

            private Path fileOf(BatchInput input) {
                String name = ItemKey.of(input.path()).filePath();
                int dot = name.lastIndexOf('.');
                Path withEnding = path.resolve(name + ".zip");
                boolean without = !Files.exists(withEnding) && dot > name.lastIndexOf('/') + 1;
                return without ? path.resolve(name.substring(0, dot) + ".zip") : withEnding;
            }

            @Override
            public String missing(BatchInput input) {
                return folder ? "There is no ROI for " + input.path() + " in " + path + ": it should be in "
                    + ItemKey.of(input.path()).filePath() + ".zip there." : "There is no ROI in " + path + ": save them in the ROI"
                    + " Manager with More > Save, as .zip or .roi.";
            }
        };
    }
}
