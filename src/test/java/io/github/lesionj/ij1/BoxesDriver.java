package io.github.lesionj.ij1;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.plugin.frame.RoiManager;
import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.ScoredBox;
import io.github.lesionj.results.DetectionRois;
import io.github.lesionj.results.Detections;
import io.github.lesionj.results.ImageOverlay;
import io.github.lesionj.results.ItemKey;
import io.github.lesionj.results.Tables;
import java.awt.EventQueue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Runs in an ImageJ with a display: shows many boxes on an image, twice, and says what a user then finds. */
public final class BoxesDriver {

    private static final int SIZE = 2000;

    private BoxesDriver() {
    }

    public static void main(String[] arguments) throws Exception {
        int status = 1;
        try {
            new ImageJ();
            show(Integer.parseInt(arguments[0]));
            status = 0;
        } finally {
            System.out.flush();
            Runtime.getRuntime().exit(status);
        }
    }

    private static void show(int count) throws Exception {
        ImagePlus image = IJ.createImage("cells", "8-bit ramp", SIZE, SIZE, 1);
        image.setOverlay(new Overlay(named("mine")));
        image.show();
        RoiManager.getRoiManager().addRoi(named("mine"));
        ImagePlus other = IJ.createImage("other", "8-bit ramp", 50, 50, 1);
        ImageOverlay.addToRoiManager(other, List.of(named("of another image")));
        for (int turn = 0; turn < 2; turn++) {
            Detections found = boxes(count);
            long begin = System.nanoTime();
            ImageOverlay.clear(image);
            ImageOverlay.clearRoiManager(image);
            ImageOverlay.nameGroups(found.classNames());
            List<Roi> rois = DetectionRois.of(found, image.isHyperStack());
            ImageOverlay.addBoxes(image, rois);
            ImageOverlay.addToRoiManager(image, rois);
            Tables.publish(Tables.of(List.of(found)));
            EventQueue.invokeAndWait(() -> image.getCanvas().paint(image.getCanvas().getGraphics()));
            System.out.println("milliseconds=" + (System.nanoTime() - begin) / 1_000_000);
        }
        tell(image);
        ImageOverlay.clearRoiManager(image);
        System.out.println("left=" + Arrays.stream(RoiManager.getRoiManager().getRoisAsArray()).map(Roi::getName).toList());
    }

    private static void tell(ImagePlus image) {
        RoiManager manager = RoiManager.getRoiManager();
        Roi[] listed = manager.getRoisAsArray();
        Roi last = listed[listed.length - 1];
        System.out.println("listed=" + listed.length);
        System.out.println("overlay=" + image.getOverlay().size());
        System.out.println("mine=" + manager.getName(0) + ", " + image.getOverlay().get(0).getName());
        System.out.println("last=" + manager.getName(listed.length - 1) + ", group " + last.getGroup() + " " + Roi.getGroupName(last.getGroup())
            + ", " + last.getFloatBounds());
        System.out.println("rows=" + ij.measure.ResultsTable.getResultsTable().size());
        manager.select(listed.length - 1);
        System.out.println("selected=" + image.getRoi().getName());
    }

    private static Roi named(String name) {
        Roi roi = new Roi(1, 2, 3, 4);
        roi.setName(name);
        return roi;
    }

    private static Detections boxes(int count) {
        Random random = new Random(1);
        List<ScoredBox> boxes = new ArrayList<>();
        for (int i = 1; i < count; i++) {
            boxes.add(new ScoredBox(Box.ofSize(random.nextDouble() * (SIZE - 12), random.nextDouble() * (SIZE - 12), 10.5, 11), i % 2, 0.75));
        }
        boxes.add(new ScoredBox(new Box(100.25, 200, 110.75, 208), 1, 0.93));
        return new Detections(ItemKey.of("cells"), SIZE, SIZE, List.of("RBC", "cells, white"), boxes);
    }
}
