package io.github.lesionj.image;

import ij.gui.Roi;
import ij.io.RoiDecoder;
import ij.io.RoiEncoder;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** ROI archives as ImageJ's ROI Manager opens them; they need no ROI Manager, which does not exist without a display. */
public final class RoiFiles {

    private static final String END = ".roi";
    /** Entry of a ROI that has no name of its own. */
    private static final String NAMELESS = "roi";
    private static final Pattern MADE_UP = Pattern.compile(NAMELESS + "(-\\d+)?");
    /** Bytes of a ROI; more can only come from an archive that was made to fill the memory. */
    private static final int LARGEST = 1 << 28;

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
        String base = name == null || name.isBlank() ? NAMELESS : name.replaceAll("[/\\\\\\p{Cntrl}]", "_");
        String candidate = base;
        while (taken.putIfAbsent(candidate, 1) != null) {
            candidate = base + "-" + taken.merge(base, 1, Integer::sum);
        }
        return candidate + END;
    }

    /**
     * Reads an archive, ROIs in the order of its entries, or a file of a single ROI. A ROI without a name gets its file's, save
     * where {@link #write} made that up.
     *
     * @throws UsageException   where it is no whole archive
     * @throws LesionJException where a ROI in it is damaged, or it cannot be read
     */
    public static List<Roi> read(Path file) {
        if (file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(END)) {
            return List.of(readOne(file));
        }
        // By its directory: a stream would take a cut archive, and even an empty file, for one with fewer ROIs.
        try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            List<Roi> rois = new ArrayList<>();
            for (ZipEntry entry : zip.stream().filter(each -> each.getName().endsWith(END)).toList()) {
                rois.add(decode(bytes(zip, entry, file), entry.getName(), file));
            }
            return rois;
        } catch (ZipException e) {
            throw new UsageException("Cannot read the ROIs in " + file + ": it is no whole archive. Save them again in the ROI Manager with More > "
                + "Save, as .zip.", e);
        } catch (IOException e) {
            throw cannotRead(file, e);
        }
    }

    private static byte[] bytes(ZipFile zip, ZipEntry entry, Path file) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw damaged(entry.getName(), file, null);
            }
            return bytes;
        }
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
            String base = name.substring(name.lastIndexOf('/') + 1, name.length() - END.length());
            roi.setName(MADE_UP.matcher(base).matches() ? null : base);
        }
        return roi;
    }

    private static LesionJException damaged(String name, Path file, Throwable cause) {
        return new LesionJException("Cannot read the ROI " + name + " in " + file + ": it is damaged.", cause);
    }
}
