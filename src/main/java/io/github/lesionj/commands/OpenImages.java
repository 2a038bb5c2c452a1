package io.github.lesionj.commands;

import ij.ImagePlus;
import ij.WindowManager;
import io.github.lesionj.image.RoiMark;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The images that are open in ImageJ. */
final class OpenImages {

    private OpenImages() {
    }

    /** All of them, this one first. */
    static List<ImagePlus> after(ImagePlus active) {
        Set<ImagePlus> images = new LinkedHashSet<>(List.of(active));
        int[] ids = WindowManager.getIDList();
        for (int id : ids == null ? new int[0] : ids) {
            Optional.ofNullable(WindowManager.getImage(id)).ifPresent(images::add);
        }
        return List.copyOf(images);
    }

    /** This one, and those others with ROIs in their overlay that are not drawn by LesionJ. */
    static List<ImagePlus> withRoisAfter(ImagePlus active) {
        return after(active).stream().filter(image -> image == active || hasRois(image)).toList();
    }

    private static boolean hasRois(ImagePlus image) {
        return image.getOverlay() != null && !Arrays.stream(image.getOverlay().toArray()).allMatch(RoiMark::isOurs);
    }
}
