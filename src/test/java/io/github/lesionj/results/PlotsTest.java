package io.github.lesionj.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.gui.Plot;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.runtime.TrainingListener.EpochReport;
import io.github.lesionj.runtime.TrainingListener.Figure;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotsTest {

    private static EpochReport epoch(int epoch, double loss, double auc) {
        return new EpochReport(epoch, 10, loss, Map.of(), loss, List.of(new Figure("auc", "AUC", auc)), 1e-3, epoch == 3, epoch);
    }

    @Test
    void trainingCurvesPassThroughTheirPoints(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("plots/training.png");
        List<EpochReport> history = List.of(epoch(1, 1.6, 0.5), epoch(2, 0.8, 0.7), epoch(3, 0.4, 0.9), epoch(4, Double.NaN, Double.NaN));
        Plot plot = Plots.training("t", history);
        Plots.write(file, () -> plot);
        BufferedImage picture = ImageIO.read(file.toFile());
        assertBlueNear(picture, (int) plot.scaleXtoPxl(2), (int) plot.scaleYtoPxl(0.8));
        assertEquals(1.68, plot.getLimits()[3], 1e-9, "5 % above the highest finite loss");
    }

    private static void assertBlueNear(BufferedImage picture, int x, int y) {
        boolean found = false;
        for (int dy = -2; dy <= 2; dy++) {
            int rgb = picture.getRGB(x, y + dy);
            found |= (rgb & 0xff) - (rgb >> 16 & 0xff) > 80;
        }
        assertTrue(found, "no blue line at " + x + ", " + y);
    }

    @Test
    void barsAreAsHighAsTheirCounts(@TempDir Path folder) throws IOException {
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("normal", 100);
        counts.put("a,{b}", 400);
        counts.put("none", 0);
        Plot plot = Plots.classBalance("t", counts);
        Path file = folder.resolve("balance.png");
        Plots.write(file, () -> plot);
        BufferedImage picture = ImageIO.read(file.toFile());
        assertBlueNear(picture, (int) plot.scaleXtoPxl(0), (int) plot.scaleYtoPxl(50));
        assertBlueNear(picture, (int) plot.scaleXtoPxl(1), (int) plot.scaleYtoPxl(350));
        int above = picture.getRGB((int) plot.scaleXtoPxl(0), (int) plot.scaleYtoPxl(150)) & 0xffffff;
        assertEquals(0xffffff, above, "above a bar of 100 there is nothing at 150");
    }

    @Test
    void oneEpochIsEnough(@TempDir Path folder) {
        Plots.write(folder.resolve("p.png"), () -> Plots.training("t", List.of(epoch(1, 1, Double.NaN))));
    }

    /** A bare server: legends are drawn all the same, plots end in a sentence. */
    @Test
    void withoutFonts(@TempDir Path folder) throws Exception {
        Assumptions.assumeTrue(System.getProperty("os.name").equals("Linux"), "fontconfig is Linux's");
        Path fonts = folder.resolve("fonts.conf");
        Files.writeString(fonts, "<?xml version=\"1.0\"?><fontconfig><dir>/nonexistent</dir></fontconfig>");
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.awt.headless=true", "-Duser.home=" + folder, "-cp", System.getProperty("java.class.path"),
            BareServer.class.getName(), folder.toString()).redirectErrorStream(true);
        builder.environment().put("FONTCONFIG_FILE", fonts.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes());
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        Assumptions.assumeFalse(output.startsWith("fonts"), "this Java finds fonts without fontconfig");
        assertTrue(output.startsWith("Cannot draw p.png: this Java finds no fonts."), output);
        BufferedImage picture = ImageIO.read(new File(folder.toFile(), "legend.png"));
        assertTrue(picture.getHeight() > 100);
    }

    static final class BareServer {
        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            if (Lettering.best().hasFonts()) {
                System.out.println("fonts");
                return;
            }
            Legend legend = new Legend("lesion 0.90", "", Color.RED, 1, 0.5, "Attention of the network.");
            ImageIO.write(LegendStrip.extended(new BufferedImage(10, 10, BufferedImage.TYPE_INT_RGB), legend), "png",
                folder.resolve("legend.png").toFile());
            try {
                Plots.write(folder.resolve("p.png"), () -> Plots.training("t", List.of(epoch(1, 1, 0.5))));
            } catch (LesionJException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
