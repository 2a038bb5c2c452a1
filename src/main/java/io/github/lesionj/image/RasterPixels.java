package io.github.lesionj.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * The stored samples of a Java image, without its colour management: Java would send grey values through a gamma curve.
 *
 * <p>A palette gives its colours, or its grey levels where it is grey. An alpha channel is left out where it is opaque
 * throughout, and refused otherwise.
 */
final class RasterPixels {

    private final Path file;
    private final BufferedImage image;
    private final Raster raster;
    private final List<String> remarks;

    private RasterPixels(Path file, BufferedImage image, List<String> remarks) {
        this.file = file;
        this.image = image;
        this.raster = image.getRaster();
        this.remarks = remarks;
    }

    static SourceImage of(Path file, BufferedImage image, List<String> remarks) {
        return new RasterPixels(file, image, new ArrayList<>(remarks)).convert();
    }

    private SourceImage convert() {
        if (image.getColorModel() instanceof IndexColorModel palette) {
            return indexed(palette);
        }
        int bands = raster.getNumBands();
        if (bands == 2 || bands == 4) {
            refuseTransparency(samples(bands - 1));
            remarks.add("The alpha channel, opaque throughout, was left out.");
        }
        List<Object> planes = new ArrayList<>();
        for (int band = 0; band < (bands > 2 ? 3 : 1); band++) {
            planes.add(samples(band));
        }
        return source(planes, isShort() ? 65535 : 255);
    }

    private SourceImage source(List<Object> planes, double typeMax) {
        List<RandomAccessibleInterval<? extends RealType<?>>> channels = planes.stream()
            .<RandomAccessibleInterval<? extends RealType<?>>>map(
                plane -> PixelArrays.unsigned(plane, image.getWidth(), image.getHeight()))
            .toList();
        return new SourceImage(ChannelViews.stack(channels), channels.size() == 3 ? SourceImage.Kind.RGB : SourceImage.Kind.GREY,
            typeMax, PixelSize.missing(), List.copyOf(remarks));
    }

    private SourceImage indexed(IndexColorModel palette) {
        byte[][] table = new byte[3][256];
        palette.getReds(table[0]);
        palette.getGreens(table[1]);
        palette.getBlues(table[2]);
        int[] index = indices();
        if (palette.hasAlpha()) {
            refuseTransparency(palette, index);
        }
        List<Object> planes = new ArrayList<>();
        if (Lookup.isGrey(table[0], table[1], table[2])) {
            planes.add(lookedUp(index, table[0]));
        } else {
            remarks.add("The file has a palette; its colours were used.");
            for (byte[] levels : table) {
                planes.add(lookedUp(index, levels));
            }
        }
        return source(planes, 255);
    }

    private static byte[] lookedUp(int[] index, byte[] levels) {
        byte[] plane = new byte[index.length];
        for (int i = 0; i < plane.length; i++) {
            plane[i] = levels[index[i]];
        }
        return plane;
    }

    private int[] indices() {
        return raster.getSamples(0, 0, raster.getWidth(), raster.getHeight(), 0, (int[]) null);
    }

    private boolean isShort() {
        return raster.getTransferType() == DataBuffer.TYPE_USHORT;
    }

    // A short[] or a byte[] with one band.
    private Object samples(int band) {
        if (raster.getSampleModel() instanceof PixelInterleavedSampleModel model
                && raster.getDataBuffer() instanceof DataBufferByte buffer && buffer.getNumBanks() == 1) {
            return bytes(buffer.getData(), model, band);
        }
        int width = raster.getWidth();
        byte[] bytes = isShort() ? null : new byte[width * raster.getHeight()];
        short[] shorts = isShort() ? new short[width * raster.getHeight()] : null;
        int[] row = new int[width];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getSamples(0, y, width, 1, band, row);
            for (int x = 0; x < width; x++) {
                if (isShort()) {
                    shorts[y * width + x] = (short) row[x];
                } else {
                    bytes[y * width + x] = (byte) row[x];
                }
            }
        }
        return isShort() ? shorts : bytes;
    }

    private byte[] bytes(byte[] data, PixelInterleavedSampleModel model, int band) {
        int width = raster.getWidth();
        int stride = model.getPixelStride();
        if (stride == 1 && model.getScanlineStride() == width && data.length == width * raster.getHeight()) {
            return data;
        }
        byte[] plane = new byte[width * raster.getHeight()];
        for (int y = 0, to = 0; y < raster.getHeight(); y++) {
            int from = y * model.getScanlineStride() + model.getBandOffsets()[band];
            for (int x = 0; x < width; x++, from += stride) {
                plane[to++] = data[from];
            }
        }
        return plane;
    }

    private void refuseTransparency(Object alpha) {
        int length = alpha instanceof byte[] bytes ? bytes.length : ((short[]) alpha).length;
        long transparent = 0;
        for (int i = 0; i < length; i++) {
            transparent += (alpha instanceof byte[] bytes ? bytes[i] : ((short[]) alpha)[i]) != -1 ? 1 : 0;
        }
        refuseTransparency(transparent);
    }

    private void refuseTransparency(IndexColorModel palette, int[] index) {
        long transparent = 0;
        for (int entry : index) {
            transparent += palette.getAlpha(entry) != 255 ? 1 : 0;
        }
        refuseTransparency(transparent);
    }

    private void refuseTransparency(long transparent) {
        if (transparent > 0) {
            throw UnreadableImage.refused(file, transparent + " of its pixels are transparent, and what lies behind them is not"
                + " known. Save it without transparency (alpha channel).");
        }
    }
}
