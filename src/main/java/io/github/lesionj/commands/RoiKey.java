package io.github.lesionj.commands;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.plugin.frame.RoiManager;
import io.github.lesionj.batch.BatchInputs;
import io.github.lesionj.batch.ObjectDisplay;
import io.github.lesionj.batch.ObjectSource;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.image.RoiMark;
import io.github.lesionj.results.ImageOverlay;
import java.awt.GraphicsEnvironment;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The key {@code rois}: none, manager, overlay, or a path.
 *
 * @param value as given
 * @param image that is open and of which the objects are meant, or null where files are
 */
record RoiKey(String value, ImagePlus image) {

    private static final String MANAGER = "manager";
    private static final String OVERLAY = "overlay";

    /** Where the objects of the inputs come from; empty where the whole images are meant. */
    Optional<ObjectSource> objects(BatchInputs inputs) {
        String word = value.strip();
        if (word.isEmpty() || word.equals("none")) {
            return Optional.empty();
        }
        if (word.equals(OVERLAY)) {
            return Optional.of(ObjectSource.overlay());
        }
        return Optional.of(word.equals(MANAGER) ? manager()
            : ObjectSource.files(path(word), image == null && inputs.inputs().size() > 1));
    }

    /** The same, with boxes that a detector found on the image. */
    Optional<ObjectSource> drawn(BatchInputs inputs) {
        return value.strip().equals(OVERLAY) ? Optional.of(ObjectSource.drawn()) : objects(inputs);
    }

    private static Path path(String word) {
        try {
            return Path.of(word);
        } catch (InvalidPathException e) {
            throw new UsageException("rois=" + word + " is not a path: " + e.getReason() + ". Set it to manager, overlay, or a file.", e);
        }
    }

    private ObjectSource manager() {
        if (GraphicsEnvironment.isHeadless()) {
            throw new UsageException("Without a display there is no ROI Manager: use rois=overlay, or save the ROIs and name the file"
                + " with rois=FILE.zip.");
        }
        if (image == null) {
            throw new UsageException("The ROIs in the ROI Manager are taken for the active image only: leave input empty, or use"
                + " rois=overlay or rois=FILE.zip.");
        }
        RoiManager manager = RoiManager.getInstance();
        return ObjectSource.of(manager == null ? List.of() : Arrays.asList(manager.getRoisAsArray()),
            "The ROI Manager is empty: add ROIs with Add or Analyze > Analyze Particles, or use rois=overlay.");
    }

    /** Shows classes where the objects are; those of a file are added to the image's overlay. */
    ObjectDisplay display() {
        if (image == null) {
            return ObjectDisplay.NONE;
        }
        return switch (value.strip()) {
            case MANAGER -> this::showInManager;
            case OVERLAY -> this::showInOverlay;
            default -> this::addToOverlay;
        };
    }

    private void showInManager(List<Roi> rois) {
        RoiManager manager = RoiManager.getInstance();
        if (manager == null) {
            return;
        }
        Set<Roi> classified = Collections.newSetFromMap(new IdentityHashMap<>());
        classified.addAll(rois);
        Roi[] listed = manager.getRoisAsArray();
        for (int i = 0; i < listed.length; i++) {
            if (classified.contains(listed[i])) {
                manager.rename(i, listed[i].getName());
            }
        }
        manager.runCommand(image, "Show All");
    }

    private void showInOverlay(List<Roi> rois) {
        ImageOverlay.clear(image);
        image.updateAndDraw();
    }

    private void addToOverlay(List<Roi> rois) {
        ImageOverlay.clear(image);
        Overlay overlay = image.getOverlay() == null ? new Overlay() : image.getOverlay();
        rois.forEach(roi -> {
            RoiMark.set(roi, "object");
            overlay.add(roi);
        });
        image.setOverlay(overlay);
    }
}
