package io.github.lesionj.image;

import io.github.lesionj.core.LesionJException;
import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import loci.common.DataTools;
import loci.formats.ClassList;
import loci.formats.FormatException;
import loci.formats.FormatTools;
import loci.formats.IFormatReader;
import loci.formats.ImageReader;
import loci.formats.MetadataTools;
import loci.formats.UnknownFormatException;
import loci.formats.in.FakeReader;
import loci.formats.meta.IMetadata;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;
import ome.units.UNITS;
import ome.units.quantity.Length;

/**
 * A file that Bio-Formats reads, one plane at a time, or region by region where a plane is large. Only {@link ImageFiles} makes
 * one, after it has seen that Bio-Formats is there: without its jar this class does not load.
 */
final class BioFormatsFile implements ImageSource {

    // Many formats decode the whole plane for every region; what takes no more than this part of the memory is decoded once.
    private static final double WHOLE = 0.2;

    private final Path file;
    private final ImageReader reader;
    private final double[] umPerPx;
    private final List<String> remarks = new ArrayList<>();
    private final DicomValues dicom;

    private BioFormatsFile(Path file, ImageReader reader, IMetadata metadata) {
        this.file = file;
        this.reader = reader;
        this.umPerPx = PixelSize.of(um(metadata.getPixelsPhysicalSizeX(0)), um(metadata.getPixelsPhysicalSizeY(0)));
        this.dicom = "DICOM".equals(reader.getFormat()) ? DicomValues.of(file, reader) : null;
        if (reader.getSeriesCount() > 1) {
            remarks.add("The file has " + reader.getSeriesCount() + " series; the first was used.");
        }
    }

    /** Opens a file; empty where Bio-Formats does not know the format. */
    static Optional<ImageSource> open(Path file) throws IOException {
        HostLogging.silence("loci", "ome");
        ImageReader reader = new ImageReader(readers());
        boolean opened = false;
        try {
            reader.setGroupFiles(false);
            IMetadata metadata = MetadataTools.createOMEXMLMetadata();
            reader.setMetadataStore(metadata);
            reader.setId(file.toAbsolutePath().toString());
            BioFormatsFile source = new BioFormatsFile(file, reader, metadata);
            opened = true;
            return Optional.of(source);
        } catch (UnknownFormatException e) {
            return Optional.empty();
        } catch (LesionJException e) {
            throw e;
        } catch (FormatException | IOException | RuntimeException e) {
            throw UnreadableImage.damaged(file, e);
        } catch (OutOfMemoryError e) {
            throw UnreadableImage.tooLarge(file, Runtime.getRuntime().maxMemory());
        } finally {
            if (!opened) {
                reader.close();
            }
        }
    }

    // FakeReader draws a test image for any file named *.fake, whatever is in it.
    private static ClassList<IFormatReader> readers() {
        ClassList<IFormatReader> readers = new ClassList<>(IFormatReader.class);
        for (Class<? extends IFormatReader> reader : ImageReader.getDefaultReaderClasses().getClasses()) {
            if (reader != FakeReader.class) {
                readers.addClass(reader);
            }
        }
        return readers;
    }

    private static double um(Length length) {
        Number value = length == null ? null : length.value(UNITS.MICROMETER);
        return value == null ? Double.NaN : value.doubleValue();
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public int channels() {
        return reader.getEffectiveSizeC() * (isColour() ? 1 : reader.getRGBChannelCount());
    }

    @Override
    public int slices() {
        return reader.getSizeZ();
    }

    @Override
    public int frames() {
        return reader.getSizeT();
    }

    @Override
    public SourceImage image(Position position) {
        return part(position, new Rectangle(reader.getSizeX(), reader.getSizeY()));
    }

    @Override
    public RegionSource regions(Position position) {
        return regions(position, (long) (Runtime.getRuntime().maxMemory() * WHOLE));
    }

    /** @param whole an image of up to so many bytes is read once */
    RegionSource regions(Position position, long whole) {
        long bytes = planeBytes() * (position.c() == Position.ALL_CHANNELS ? reader.getEffectiveSizeC() : 1);
        return bytes <= whole ? RegionSource.of(image(position)) : ReadRegions.of(reader.getSizeX(), reader.getSizeY(),
            (x, y, width, height) -> part(position, new Rectangle(x, y, width, height)));
    }

    private SourceImage part(Position position, Rectangle part) {
        try {
            return position.c() == Position.ALL_CHANNELS && channels() > 1 ? together(position, part)
                : one(new Position(Math.max(1, position.c()), position.z(), position.t()), part);
        } catch (LesionJException e) {
            throw e;
        } catch (FormatException | IOException | RuntimeException e) {
            throw UnreadableImage.damaged(file, e);
        } catch (OutOfMemoryError e) {
            throw UnreadableImage.tooLarge(file, bytes(part.width, part.height));
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw UnreadableImage.damaged(file, e);
        }
    }

    private SourceImage together(Position position, Rectangle part) throws FormatException, IOException {
        List<RandomAccessibleInterval<? extends RealType<?>>> channels = new ArrayList<>();
        List<String> said = new ArrayList<>(remarks);
        SourceImage last = null;
        for (int c = 1; c <= channels(); c++) {
            last = one(new Position(c, position.z(), position.t()), part);
            channels.addAll(ChannelViews.split(last.pixels()));
            last.remarks().stream().filter(remark -> !said.contains(remark)).forEach(said::add);
        }
        return new SourceImage(ChannelViews.stack(channels), SourceImage.Kind.CHANNELS, last.typeMax(), umPerPx, List.copyOf(said));
    }

    private SourceImage one(Position position, Rectangle part) throws FormatException, IOException {
        int samples = reader.getRGBChannelCount();
        int channel = (position.c() - 1) / (isColour() ? 1 : samples);
        int index = reader.getIndex(position.z() - 1, channel, position.t() - 1);
        RandomAccessibleInterval<? extends RealType<?>> plane = plane(index, part);
        if (reader.isIndexed() && !reader.isFalseColor()) {
            return palette(plane);
        }
        List<RandomAccessibleInterval<? extends RealType<?>>> all = ChannelViews.split(plane);
        if (isColour()) {
            List<String> said = new ArrayList<>(remarks);
            refuseTransparency(all, said);
            return new SourceImage(ChannelViews.stack(all.subList(0, 3)), SourceImage.Kind.RGB, typeMax(), umPerPx, List.copyOf(said));
        }
        SourceImage grey = new SourceImage(ChannelViews.stack(List.of(all.get((position.c() - 1) % samples))),
            SourceImage.Kind.GREY, typeMax(), umPerPx, List.copyOf(remarks));
        return dicom == null ? grey : dicom.apply(grey);
    }

    private boolean isColour() {
        return reader.getRGBChannelCount() == 3 || reader.getRGBChannelCount() == 4;
    }

    private long planeBytes() {
        return bytes(reader.getSizeX(), reader.getSizeY());
    }

    private long bytes(int width, int height) {
        return (long) width * height * reader.getRGBChannelCount() * FormatTools.getBytesPerPixel(reader.getPixelType());
    }

    // Axes x, y, sample, of the stored type.
    private RandomAccessibleInterval<? extends RealType<?>> plane(int index, Rectangle part) throws FormatException, IOException {
        UnreadableImage.checkMemory(file, bytes(part.width, part.height));
        int type = reader.getPixelType();
        byte[] bytes = reader.openBytes(index, part.x, part.y, part.width, part.height);
        Object array = DataTools.makeDataArray(bytes, FormatTools.getBytesPerPixel(type),
            FormatTools.isFloatingPoint(type), reader.isLittleEndian());
        long samples = reader.getRGBChannelCount();
        boolean interleaved = reader.isInterleaved() && samples > 1;
        long[] size = interleaved ? new long[] {samples, part.width, part.height} : new long[] {part.width, part.height, samples};
        RandomAccessibleInterval<? extends RealType<?>> stored =
            FormatTools.isSigned(type) ? PixelArrays.signed(array, size) : PixelArrays.unsigned(array, size);
        return interleaved ? Views.moveAxis(stored, 0, 2) : stored;
    }

    private double typeMax() {
        int type = reader.getPixelType();
        if (FormatTools.isFloatingPoint(type) || FormatTools.isSigned(type)) {
            return Double.NaN;
        }
        return type == FormatTools.BIT ? 1 : Math.pow(2, 8 * FormatTools.getBytesPerPixel(type)) - 1;
    }

    private SourceImage palette(RandomAccessibleInterval<? extends RealType<?>> index) throws FormatException, IOException {
        byte[][] table = reader.get8BitLookupTable();
        if (table == null) {
            table = highBytes(reader.get16BitLookupTable());
        }
        if (table == null || table[0].length < 256 || FormatTools.getBytesPerPixel(reader.getPixelType()) != 1) {
            throw UnreadableImage.refused(file, "it has a palette of an unusual form. Convert it to RGB.");
        }
        if (Lookup.isGrey(table[0], table[1], table[2]) && table[0][0] == table[0][255]) {
            throw UnreadableImage.refused(file, "Bio-Formats cannot read its palette. Convert it to RGB.");
        }
        boolean grey = Lookup.isGrey(table[0], table[1], table[2]);
        List<RandomAccessibleInterval<? extends RealType<?>>> channels = new ArrayList<>();
        for (int c = 0; c < (grey ? 1 : 3); c++) {
            channels.add(PixelArrays.lookedUp(Views.hyperSlice(index, 2, 0), table[c]));
        }
        SourceImage image = new SourceImage(ChannelViews.stack(channels), grey ? SourceImage.Kind.GREY : SourceImage.Kind.RGB,
            255, umPerPx, List.copyOf(remarks));
        return grey ? image : image.remarked("The file has a palette; its colours were used.");
    }

    private static byte[][] highBytes(short[][] table) {
        if (table == null) {
            return null;
        }
        byte[][] bytes = new byte[table.length][table[0].length];
        for (int c = 0; c < table.length; c++) {
            for (int i = 0; i < table[c].length; i++) {
                bytes[c][i] = (byte) (table[c][i] >> 8);
            }
        }
        return bytes;
    }

    private void refuseTransparency(List<RandomAccessibleInterval<? extends RealType<?>>> samples, List<String> said) {
        if (samples.size() < 4) {
            return;
        }
        Rows alpha = RowReader.of(samples.get(3));
        float[] row = new float[(int) samples.get(3).dimension(0)];
        for (int y = 0; y < samples.get(3).dimension(1); y++) {
            alpha.read(0, y, row.length, row);
            for (float value : row) {
                if (value != (float) typeMax()) {
                    throw UnreadableImage.refused(file, "some of its pixels are transparent, and what lies behind them is not"
                        + " known. Save it without transparency (alpha channel).");
                }
            }
        }
        said.add("The alpha channel, opaque throughout, was left out.");
    }
}
