package io.github.lesionj.commands;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import io.github.lesionj.results.ImageOverlay;
import java.util.List;

/** Boxes on an image for as long as a preview lasts; its overlay comes back as it was. Not thread-safe. */
final class PreviewOverlay {

    private ImagePlus image;
    private Overlay before;
    private boolean hidden;
    private Overlay shown;

    /** Shows boxes in place of everything of ours on an image, and of what was shown before. */
    void show(ImagePlus on, List<Roi> boxes) {
        if (on != image || !isShown()) {
            restore();
            image = on;
            before = on.getOverlay();
            hidden = on.getHideOverlay();
        }
        shown = ImageOverlay.withBoxes(before, boxes);
        image.setOverlay(shown);
    }

    /** What somebody else has put there meanwhile stays. */
    void restore() {
        if (isShown()) {
            image.setOverlay(before);
            image.setHideOverlay(hidden);
        }
        image = null;
        before = null;
        shown = null;
    }

    private boolean isShown() {
        return image != null && image.getOverlay() == shown;
    }
}
