package io.github.lesionj.image;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.gui.Roi;
import ij.gui.TextRoi;
import ij.measure.Calibration;
import ij.process.LUT;
import io.github.lesionj.core.UsageException;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;

/**
 * An image as ImageJ holds it. Its pixels are looked at where they are, neither copied nor changed.
 *
 * <p>What goes on is the value, not what is shown: a display range is not used, an inverted grey LUT inverts the values
 * (255 - v, 65535 - v), a palette gives its colours, a scale of colours is refused (see
 * {@link Lookup}), and a threshold is not used. A calibration
 * function is applied, also the one by which ImageJ keeps signed 16-bit values.
 */
public final class ImagePlusSource implements ImageSource {

    private final ImagePlus image;
    private final StoredPlanes planes;

    public ImagePlusSource(ImagePlus image) {
        this(image, new OwnPlanes(image));
    }

    /**
     * An image whose pixels lie elsewhere.
     *
     * @param image  tells everything but the pixels
     * @param planes its pixels, or a part of them
     */
    ImagePlusSource(ImagePlus image, StoredPlanes planes) {
        this.image = image;
        this.planes = planes;
    }

    /** The pixels that ImageJ holds. */
    private record OwnPlanes(ImagePlus image) implements StoredPlanes {
        @Override
        public int width() {
            return image.getWidth();
        }

        @Override
        public int height() {
            return image.getHeight();
        }

        @Override
        public Object array(int index) {
            return image.getStack().getProcessor(index).getPixels();
        }
    }

    @Override
    public String name() {
        return image.getTitle();
    }

    @Override
    public int channels() {
        return image.getNChannels();
    }

    @Override
    public int slices() {
        return image.getNSlices();
    }

    @Override
    public int frames() {
        return image.getNFrames();
    }

    @Override
    public SourceImage image(Position position) {
        List<String> remarks = new ArrayList<>();
        SourceImage.Kind kind = SourceImage.Kind.GREY;
        RandomAccessibleInterval<? extends RealType<?>> pixels;
        if (position.c() == Position.ALL_CHANNELS && channels() > 1) {
            List<RandomAccessibleInterval<? extends RealType<?>>> channels = new ArrayList<>();
            for (int c = 1; c <= channels(); c++) {
                channels.add(ChannelViews.split(plane(new Position(c, position.z(), position.t()), remarks)).get(0));
            }
            pixels = ChannelViews.stack(channels);
            kind = SourceImage.Kind.CHANNELS;
        } else {
            pixels = plane(new Position(Math.max(1, position.c()), position.z(), position.t()), remarks);
            kind = pixels.dimension(2) == 3 ? SourceImage.Kind.RGB : SourceImage.Kind.GREY;
        }
        return new SourceImage(pixels, kind, typeMax(), umPerPx(), remarks.stream().distinct().toList());
    }

    @Override
    public Position shown() {
        // getZ() and getT() follow the current slice of a window only
        int[] shown = image.convertIndexToPosition(image.getCurrentSlice());
        return new Position(shown[0], shown[1], shown[2]);
    }

    @Override
    public List<Roi> overlay() {
        return image.getOverlay() == null ? List.of() : List.of(image.getOverlay().toArray());
    }

    /** As {@link #image(Position)}, only the bounds of a ROI, as far as they lie on the image. */
    public SourceImage image(Position position, Roi roi) {
        Rectangle part = part(roi);
        SourceImage cropped = image(position).crop(part.x, part.y, part.width, part.height);
        if (!part.equals(roi.getBounds())) {
            cropped = cropped.remarked("The ROI reaches beyond the image; the part on the image was used.");
        }
        return roi.getType() == Roi.RECTANGLE && roi.getCornerDiameter() == 0 ? cropped
            : cropped.remarked("The bounds of the ROI were used; pixels outside its outline are kept.");
    }

    /**
     * The bounds of a ROI, as far as they lie on the image.
     *
     * @throws UsageException where that is nothing, or the ROI has no area
     */
    public Rectangle part(Roi roi) {
        Rectangle part = roi.getBounds().intersection(new Rectangle(image.getWidth(), image.getHeight()));
        boolean area = roi.isArea() && !(roi instanceof TextRoi);
        if (!area || part.isEmpty()) {
            throw new UsageException("The ROI " + (roi.getName() == null ? "" : roi.getName() + " ") + "on " + name()
                + (area ? " lies outside the image" : " is a line, point or text without an area")
                + ": draw a rectangle around what is meant, or remove it with Edit > Selection > Select None.");
        }
        return part;
    }

    /**
     * Everything beside the stored numbers that decides what {@link #image} gives: pixel type, size, axes, pixel size,
     * calibration function, and what the lookup tables make of the numbers.
     */
    public String reading() {
        StringBuilder text = new StringBuilder().append(image.getBitDepth()).append(" bits, ").append(Arrays.toString(image.getDimensions()))
            .append(", um per px ").append(Arrays.toString(umPerPx()));
        for (int c = 1; c <= channels(); c++) {
            Lookup lookup = lookup(c);
            text.append(", ").append(lookup == Lookup.ONE_COLOUR ? Lookup.GREY : lookup);
            if (lookup == Lookup.PALETTE) {
                text.append(' ').append(Arrays.deepToString(table(lut(c))));
            }
        }
        Calibration calibration = image.getCalibration();
        return text.append(", ").append(calibration.getFunction()).append(' ').append(Arrays.toString(calibration.getCoefficients()))
            .append(' ').append(Arrays.hashCode(calibration.getCTable())).toString();
    }

    /** Nothing to do: the image stays as it is, open or not. */
    @Override
    public void close() {
    }

    // Axes x, y, channel: one channel, or three where the pixels are colours.
    private RandomAccessibleInterval<? extends RealType<?>> plane(Position position, List<String> remarks) {
        int index = image.getStackIndex(position.c(), position.z(), position.t());
        Object array = planes.array(index);
        if (array instanceof int[] packed) {
            return PixelArrays.rgb(ArrayImgs.argbs(packed, planes.width(), planes.height()));
        }
        remarkDisplayRange(remarks);
        RandomAccessibleInterval<? extends RealType<?>> values =
            PixelArrays.unsigned(array, planes.width(), planes.height());
        return switch (lookup(position.c())) {
            case GREY, ONE_COLOUR -> ChannelViews.stack(List.of(calibrated(values, remarks)));
            case INVERTED_GREY -> ChannelViews.stack(List.of(inverted(values, remarks)));
            case PALETTE -> colours(values, lut(position.c()), remarks);
            case COLOUR_SCALE -> throw scaleOfColours();
        };
    }

    private Lookup lookup(int channel) {
        LUT lut = lut(channel);
        if (lut == null) {
            return Lookup.GREY;
        }
        byte[][] table = table(lut);
        Lookup lookup = Lookup.of(table[0], table[1], table[2]);
        boolean noPalette = image.getBitDepth() != 8 || channels() > 1;
        return lookup == Lookup.PALETTE && noPalette ? Lookup.COLOUR_SCALE : lookup;
    }

    private LUT lut(int channel) {
        LUT[] luts = image.getLuts();
        return luts.length == 0 ? null : luts[image instanceof CompositeImage ? Math.min(channel, luts.length) - 1 : 0];
    }

    private static byte[][] table(LUT lut) {
        byte[][] table = new byte[3][lut.getMapSize()];
        lut.getReds(table[0]);
        lut.getGreens(table[1]);
        lut.getBlues(table[2]);
        return table;
    }

    private RandomAccessibleInterval<? extends RealType<?>> calibrated(
            RandomAccessibleInterval<? extends RealType<?>> values, List<String> remarks) {
        float[] table = calibrationTable();
        if (table == null) {
            return values;
        }
        Calibration calibration = image.getCalibration();
        remarks.add(calibration.isSigned16Bit() ? "Signed 16-bit values: 32768 was subtracted from the stored ones."
            : "The calibration function was applied; values are in " + calibration.getValueUnit() + ".");
        return PixelArrays.calibrated(values, table);
    }

    // ImageJ keeps no table for 32-bit and colour images.
    private float[] calibrationTable() {
        int depth = image.getBitDepth();
        return depth == 8 || depth == 16 ? image.getCalibration().getCTable() : null;
    }

    private RandomAccessibleInterval<? extends RealType<?>> inverted(
            RandomAccessibleInterval<? extends RealType<?>> values, List<String> remarks) {
        if (Double.isNaN(typeMax())) {
            throw new UsageException(name() + " has an inverted LUT on calibrated or 32-bit values, so that it is not known"
                + " what value white is: invert the values with Edit > Invert and the LUT with Image > Lookup Tables >"
                + " Invert LUT, or only the LUT if the values are meant.");
        }
        remarks.add("The LUT is inverted, so the values were inverted (" + (int) typeMax() + " - value).");
        return PixelArrays.inverted(values, (int) typeMax());
    }

    private static RandomAccessibleInterval<? extends RealType<?>> colours(
            RandomAccessibleInterval<? extends RealType<?>> values, LUT lut, List<String> remarks) {
        remarks.add("The image has a palette; the colours of its LUT were used.");
        List<RandomAccessibleInterval<UnsignedByteType>> channels = new ArrayList<>();
        for (byte[] levels : table(lut)) {
            channels.add(PixelArrays.lookedUp(values, levels));
        }
        return ChannelViews.stack(channels);
    }

    private UsageException scaleOfColours() {
        return new UsageException(name() + " is shown in false colours, which say something else than its values: choose"
            + " Image > Lookup Tables > Grays to use the values, or Image > Type > RGB Color to use the colours.");
    }

    private void remarkDisplayRange(List<String> remarks) {
        double full = image.getBitDepth() == 8 ? 255 : image.getBitDepth() == 16 ? 65535 : Double.NaN;
        if (image.getDisplayRangeMin() != 0 || image.getDisplayRangeMax() != full) {
            remarks.add("The display range (brightness and contrast) was not used: the values themselves were.");
        }
    }

    private double typeMax() {
        int depth = image.getBitDepth();
        if (depth == 32 || calibrationTable() != null) {
            return Double.NaN;
        }
        return depth == 16 ? 65535 : 255;
    }

    private double[] umPerPx() {
        Calibration calibration = image.getCalibration();
        double[] across = PixelSize.of(calibration.pixelWidth, calibration.pixelWidth, calibration.getXUnit());
        double[] down = PixelSize.of(calibration.pixelHeight, calibration.pixelHeight, calibration.getYUnit());
        return PixelSize.of(across[0], down[1]);
    }
}
