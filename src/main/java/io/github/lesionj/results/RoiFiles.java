package io.github.lesionj.results;

import ij.gui.Roi;
import ij.io.RoiDecoder;
import ij.io.RoiEncoder;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** ROI archives as ImageJ's ROI Manager opens them; they need no ROI Manager, which does not exist without a display. */
public final class RoiFiles {

    private RoiFiles() {
    }

    /** Writes an archive whole; entries are named after the ROIs. */
    public static void write(Path file, List<Roi> rois) {
        WholeFile.write(file, out -> writeTo(out, rois));
    }

    private static void writeTo(OutputStream out, List<Roi> rois) throws IOException {
        Set<String> names = new HashSet<>();
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        for (Roi roi : rois) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            new RoiEncoder(bytes).write(roi);
            zip.putNextEntry(new ZipEntry(unique(names, roi.getName())));
            zip.write(bytes.toByteArray());
            zip.closeEntry();
        }
        zip.finish();
    }

    private static String unique(Set<String> taken, String name) {
        String base = name == null || name.isBlank() ? "roi" : name.replaceAll("[/\\\\\\p{Cntrl}]", "_");
        String candidate = base;
        for (int i = 2; !taken.add(candidate); i++) {
            candidate = base + "-" + i;
        }
        return candidate + ".roi";
    }

    /** Reads an archive, ROIs in the order of its entries. */
    public static List<Roi> read(Path file) {
        List<Roi> rois = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(".roi")) {
                    rois.add(decode(zip.readAllBytes(), entry.getName(), file));
                }
            }
        } catch (IOException e) {
            throw new LesionJException("Cannot read the ROIs in " + file + ": " + WholeFile.reason(e) + ".", e);
        }
        return rois;
    }

    private static Roi decode(byte[] bytes, String name, Path file) {
        Roi roi = RoiDecoder.openFromByteArray(bytes);
        if (roi == null) {
            throw new LesionJException("Cannot read the ROI " + name + " in " + file + ": it is damaged.");
        }
        return roi;
    }
}
