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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** ROI archives as ImageJ's ROI Manager opens them; they need no ROI Manager, which does not exist without a display. */
public final class RoiFiles {

    private static final String END = ".roi";

    private RoiFiles() {
    }

    /** Writes an archive whole; entries are named after the ROIs. */
    public static void write(Path file, List<Roi> rois) {
        WholeFile.write(file, out -> writeTo(out, rois));
    }

    private static void writeTo(OutputStream out, List<Roi> rois) throws IOException {
        Map<String, Integer> names = new HashMap<>();
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

    // Thousands of ROIs may be called "WBC 0.97".
    private static String unique(Map<String, Integer> taken, String name) {
        String base = name == null || name.isBlank() ? "roi" : name.replaceAll("[/\\\\\\p{Cntrl}]", "_");
        String candidate = base;
        while (taken.putIfAbsent(candidate, 1) != null) {
            candidate = base + "-" + taken.merge(base, 1, Integer::sum);
        }
        return candidate + END;
    }

    /** Reads an archive, ROIs in the order of its entries, or a file of a single ROI; a ROI without a name gets its file's. */
    public static List<Roi> read(Path file) {
        if (file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(END)) {
            return List.of(readOne(file));
        }
        List<Roi> rois = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(END)) {
                    rois.add(decode(zip.readAllBytes(), entry.getName(), file));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new LesionJException("Cannot read the ROIs in " + file + ": its entries' names are not UTF-8.", e);
        } catch (IOException e) {
            throw cannotRead(file, e);
        }
        return rois;
    }

    private static Roi readOne(Path file) {
        try {
            return decode(Files.readAllBytes(file), file.getFileName().toString(), file);
        } catch (IOException e) {
            throw cannotRead(file, e);
        }
    }

    private static LesionJException cannotRead(Path file, IOException e) {
        return new LesionJException("Cannot read the ROIs in " + file + ": " + WholeFile.reason(e) + ".", e);
    }

    private static Roi decode(byte[] bytes, String name, Path file) {
        Roi roi = null;
        try {
            roi = RoiDecoder.openFromByteArray(bytes);
        } catch (RuntimeException e) {
            throw damaged(name, file, e);
        }
        if (roi == null) {
            throw damaged(name, file, null);
        }
        if (roi.getName() == null || roi.getName().isEmpty()) {
            roi.setName(name.substring(name.lastIndexOf('/') + 1, name.length() - END.length()));
        }
        return roi;
    }

    private static LesionJException damaged(String name, Path file, Throwable cause) {
        return new LesionJException("Cannot read the ROI " + name + " in " + file + ": it is damaged.", cause);
    }
}
