package io.github.lesionj.ij1;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import ij.plugin.frame.RoiManager;
import java.util.ArrayList;
import java.util.List;

/** What a command has left in ImageJ, one line each: the image's overlay, ROI Manager, Results table, log. */
final class HostState {

    private HostState() {
    }

    static void print(String label) {
        System.out.println("ended=" + label);
        ImagePlus image = WindowManager.getCurrentImage();
        if (image != null) {
            System.out.println("image=" + image.getTitle() + " at zoom " + image.getCanvas().getMagnification());
            System.out.println("overlay=" + overlay(image));
        }
        if (RoiManager.getInstance() != null) {
            System.out.println("rois=" + names(RoiManager.getInstance().getRoisAsArray()));
        }
        ResultsTable table = ResultsTable.getResultsTable();
        if (table.size() > 0) {
            System.out.println("table=" + oneLine(rows(table)));
        }
        System.out.println("status=" + System.getProperty("lesionj.exit", "0"));
        System.clearProperty("lesionj.exit");
        System.out.println("log=" + oneLine(IJ.getLog() == null ? "" : IJ.getLog().strip()));
        if (IJ.getLog() != null) {
            IJ.log("\\Clear");
        }
    }

    private static List<String> overlay(ImagePlus image) {
        List<String> elements = new ArrayList<>();
        if (image.getOverlay() != null) {
            for (Roi roi : image.getOverlay().toArray()) {
                elements.add(roi.getProperty("lesionj"));
            }
        }
        return elements;
    }

    private static List<String> names(Roi[] rois) {
        List<String> names = new ArrayList<>();
        for (Roi roi : rois) {
            names.add(roi.getName());
        }
        return names;
    }

    private static String rows(ResultsTable table) {
        StringBuilder rows = new StringBuilder(table.getColumnHeadings().replace('\t', ',').replaceAll("^ ?,", ""));
        for (int row = 0; row < table.size(); row++) {
            rows.append('\n').append(table.getRowAsString(row).replace('\t', ','));
        }
        return rows.toString();
    }

    /** On one line, as a reader of the output can undo. */
    static String oneLine(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n");
    }
}
