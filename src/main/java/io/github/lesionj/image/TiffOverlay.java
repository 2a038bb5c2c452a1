package io.github.lesionj.image;

import ij.gui.Roi;
import ij.io.FileInfo;
import ij.io.RoiDecoder;
import ij.io.TiffDecoder;
import io.github.lesionj.core.LesionJException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The overlay that ImageJ keeps in a TIFF, read without the pixels. */
public final class TiffOverlay {

    private TiffOverlay() {
    }

    /**
     * The ROIs of a file's overlay; empty where it has none, or ImageJ did not write it.
     *
     * @throws LesionJException where ImageJ wrote it and it cannot be read
     */
    public static List<Roi> read(Path file) {
        try {
            if (!FileKind.of(file).isTiff() || !TiffHeader.isImageJ(file)) {
                return List.of();
            }
            Path absolute = file.toAbsolutePath();
            FileInfo[] infos = new TiffDecoder(absolute.getParent() + "/", absolute.getFileName().toString()).getTiffInfo();
            byte[][] rois = infos == null || infos.length == 0 ? null : infos[0].overlay;
            return rois == null ? List.of() : Arrays.stream(rois).map(TiffOverlay::decode).toList();
        } catch (IOException | RuntimeException e) {
            throw UnreadableImage.damaged(file, e);
        }
    }

    private static Roi decode(byte[] bytes) {
        Roi roi = RoiDecoder.openFromByteArray(bytes);
        if (roi == null) {
            throw new IllegalArgumentException("a ROI of its overlay cannot be decoded");
        }
        return roi;
    }
}
