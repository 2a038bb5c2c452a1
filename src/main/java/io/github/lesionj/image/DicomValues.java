package io.github.lesionj.image;

import java.nio.file.Path;
import java.util.Hashtable;
import java.util.Locale;
import java.util.TreeSet;
import loci.formats.FormatTools;
import loci.formats.IFormatReader;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * What a DICOM file says of its grey values and Bio-Formats leaves to the caller: rescale slope and intercept are applied
 * (PS3.3 C.11.1), and 10 or 12 stored bits give the type's largest value. For MONOCHROME1, where 0 is white, Bio-Formats
 * inverts, 16 bits about a value of its own making; that is moved so that white is the largest value of the stored bits.
 */
record DicomValues(Path file, double slope, double intercept, int bitsStored, boolean inverted, double centre, double width,
        int bytes, boolean signed) {

    static DicomValues of(Path file, IFormatReader reader) {
        return new DicomValues(file, number(file, reader, "0028,1053", 1), number(file, reader, "0028,1052", 0),
            (int) number(file, reader, "0028,0101", 0), "MONOCHROME1".equals(text(reader, "0028,0004")),
            first(reader, "0028,1050"), first(reader, "0028,1051"), FormatTools.getBytesPerPixel(reader.getPixelType()),
            FormatTools.isSigned(reader.getPixelType()));
    }

    SourceImage apply(SourceImage image) {
        if (inverted) {
            return uninverted(image);
        }
        if (slope != 1 || intercept != 0) {
            return new SourceImage(PixelArrays.stacked(PixelArrays.rescaled(ChannelViews.split(image.pixels()).get(0), slope, intercept)),
                image.kind(), Double.NaN, image.umPerPx(), image.remarks()).remarked(String.format(Locale.ROOT,
                    "DICOM rescale slope %s and intercept %s were applied.", slope, intercept));
        }
        return typed(image);
    }

    private SourceImage typed(SourceImage image) {
        double typeMax = signed || bitsStored < 1 || bytes > 2 ? image.typeMax() : storedMax();
        return new SourceImage(image.pixels(), image.kind(), typeMax, image.umPerPx(), image.remarks());
    }

    private double storedMax() {
        return bitsStored <= 1 ? 255 : Math.pow(2, bitsStored) - 1;
    }

    private SourceImage uninverted(SourceImage image) {
        RandomAccessibleInterval<? extends RealType<?>> values = ChannelViews.split(image.pixels()).get(0);
        double shift = bytes == 2 ? storedMax() - pivot() : 0;
        SourceImage shifted = new SourceImage(PixelArrays.stacked(shift == 0 ? values : PixelArrays.shifted(values, (int) shift)),
            image.kind(), signed ? Double.NaN : storedMax(), image.umPerPx(), image.remarks());
        refuseOutside(shifted);
        return shifted.remarked("MONOCHROME1 (0 is white): the values were inverted."
            + (slope != 1 || intercept != 0 ? " Rescale slope and intercept were not applied." : ""));
    }

    // Bio-Formats 7 gives pivot - value for two bytes per pixel.
    private double pivot() {
        boolean narrow = Double.isNaN(width) || Double.isNaN(centre) || (int) centre < (int) width / 2;
        return narrow ? signed ? 32767 : 65535 : (int) width + (int) centre / 2;
    }

    private void refuseOutside(SourceImage image) {
        if (signed) {
            return;
        }
        CheckedRows rows = new CheckedRows(RowReader.of(ChannelViews.split(image.pixels()).get(0)));
        float[] row = new float[image.width()];
        for (int y = 0; y < image.height(); y++) {
            rows.read(0, y, row.length, row);
        }
        if (rows.highest > storedMax()) {
            throw UnreadableImage.refused(file, "its values are inverted (MONOCHROME1) in a way that this version of"
                + " Bio-Formats does not tell. Open it in ImageJ, convert it to MONOCHROME2 or 8 bit, and try again.");
        }
    }

    private static double number(Path file, IFormatReader reader, String tag, double missing) {
        TreeSet<String> values = values(reader, tag);
        if (values.size() > 1) {
            throw UnreadableImage.refused(file, "its frames have different values for DICOM tag " + tag + " (" + values + ")."
                + " Split it into single frames.");
        }
        return values.isEmpty() ? missing : parsed(values.first(), missing);
    }

    private static double first(IFormatReader reader, String tag) {
        String value = text(reader, tag);
        return value == null ? Double.NaN : parsed(value.split("\\\\")[0], Double.NaN);
    }

    private static String text(IFormatReader reader, String tag) {
        TreeSet<String> values = values(reader, tag);
        return values.isEmpty() ? null : values.first();
    }

    private static double parsed(String value, double missing) {
        try {
            return Double.parseDouble(value.strip());
        } catch (NumberFormatException e) {
            return missing;
        }
    }

    // A tag's key is its number and name, with " #2" behind it where it comes again.
    private static TreeSet<String> values(IFormatReader reader, String tag) {
        TreeSet<String> values = new TreeSet<>();
        for (Hashtable<String, Object> table : new Hashtable[] {reader.getGlobalMetadata(), reader.getSeriesMetadata()}) {
            table.forEach((key, value) -> {
                if (key.startsWith(tag)) {
                    values.add(value.toString().strip());
                }
            });
        }
        return values;
    }
}
