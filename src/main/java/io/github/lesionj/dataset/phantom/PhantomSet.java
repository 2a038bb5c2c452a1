package io.github.lesionj.dataset.phantom;

import io.github.lesionj.core.Csv;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Phantoms on disk: {@code normal/SEED.png}, {@code lesion/SEED.png}, and {@code truth.csv} with the columns
 * {@code path,label,x,y,radius,contrast,seed}, the last four in px and grey levels and empty in a normal one. The folder is a
 * data set with a folder per class, and {@code truth.csv} one as a table.
 */
public final class PhantomSet {

    /** Name of the table. */
    public static final String TRUTH = "truth.csv";

    private static final List<String> HEADER = List.of("path", "label", "x", "y", "radius", "contrast", "seed");

    private PhantomSet() {
    }

    /**
     * Writes phantoms of consecutive seeds, even ones normal, odd ones with a lesion.
     *
     * @param folder    that receives them; files of the same name are replaced
     * @param count     of phantoms
     * @param firstSeed of the first; training and test sets take ranges that do not overlap
     * @param width     in px
     * @param height    in px
     * @return the table
     */
    public static Path write(Path folder, int count, long firstSeed, int width, int height, Progress progress) {
        if (count < 1) {
            throw new UsageException("Cannot draw " + count + " phantoms: ask for one at least.");
        }
        PhantomGenerator generator = new PhantomGenerator(width, height);
        StringBuilder truth = new StringBuilder(Csv.line(HEADER));
        for (int i = 0; i < count; i++) {
            progress.checkCancelled();
            progress.report(i, count, "Drawing phantom " + (i + 1));
            Phantom phantom = generator.draw(firstSeed + i);
            writePng(phantom, folder.resolve(name(phantom)));
            truth.append(Csv.line(row(phantom)));
        }
        Path table = folder.resolve(TRUTH);
        WholeFile.write(table, truth.toString());
        progress.report(count, count, "Phantoms drawn");
        return table;
    }

    private static String name(Phantom phantom) {
        return phantom.label() + "/" + phantom.seed() + ".png";
    }

    private static List<String> row(Phantom phantom) {
        Lesion lesion = phantom.lesion();
        String seed = Long.toString(phantom.seed());
        return lesion == null ? List.of(name(phantom), phantom.label(), "", "", "", "", seed)
            : List.of(name(phantom), phantom.label(), Csv.number(lesion.x()), Csv.number(lesion.y()),
                Csv.number(lesion.radius()), Csv.number(lesion.contrast()), seed);
    }

    /**
     * The lesion of every phantom of a written set, by its path under the folder; normal ones are absent.
     *
     * @param table {@code truth.csv}
     */
    public static Map<String, Lesion> readTruth(Path table) {
        Map<String, Lesion> lesions = new LinkedHashMap<>();
        List<List<String>> rows = Csv.read(table);
        if (rows.isEmpty() || !rows.get(0).equals(HEADER)) {
            throw new UsageException("The table " + table + " is no truth of phantoms: its first line must be "
                + String.join(",", HEADER) + ".");
        }
        for (List<String> row : rows.subList(1, rows.size())) {
            if (!row.get(2).isEmpty()) {
                lesions.put(row.get(0), new Lesion(Double.parseDouble(row.get(2)), Double.parseDouble(row.get(3)),
                    Double.parseDouble(row.get(4)), Double.parseDouble(row.get(5))));
            }
        }
        return lesions;
    }

    /** Writes one phantom as an 8-bit grey PNG. */
    public static void writePng(Phantom phantom, Path file) {
        writePng(phantom.pixels(), phantom.width(), phantom.height(), file);
    }

    static void writePng(byte[] pixels, int width, int height, Path file) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, width, height, pixels);
        WholeFile.write(file, out -> encode(image, out));
    }

    // Through memory: ImageIO's own way to a stream makes a temporary file for every image.
    private static void encode(BufferedImage image, OutputStream out) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(image);
        } finally {
            writer.dispose();
        }
    }
}
