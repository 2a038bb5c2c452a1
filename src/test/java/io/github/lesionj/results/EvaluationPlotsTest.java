package io.github.lesionj.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.gui.Plot;
import io.github.lesionj.core.LabelKind;
import io.github.lesionj.evaluation.Calibration;
import io.github.lesionj.evaluation.Curves;
import io.github.lesionj.evaluation.DecisionRule;
import io.github.lesionj.evaluation.Predictions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What is drawn stands where it should; the pictures lie in target/evaluation-plots to be looked at. */
class EvaluationPlotsTest {

    private static final Path FOLDER = Path.of("target/evaluation-plots");
    private static final Predictions SAMPLE = sample(400);

    private static Predictions sample(int n) {
        Random random = new Random(4);
        float[][] p = new float[n][2];
        float[][] y = new float[n][2];
        for (int i = 0; i < n; i++) {
            boolean lesion = random.nextDouble() < 0.4;
            y[i][lesion ? 1 : 0] = 1;
            p[i][1] = (float) (1 / (1 + Math.exp(-(2.5 * random.nextGaussian() + (lesion ? 3 : -2)))));
            p[i][0] = 1 - p[i][1];
        }
        return new Predictions(List.of("normal", "lesion"), LabelKind.BINARY, p, y);
    }

    private static BufferedImage written(String name, Plot plot) throws IOException {
        Path file = FOLDER.resolve(name + ".png");
        Plots.write(file, () -> plot);
        return ImageIO.read(file.toFile());
    }

    private static boolean isBlue(BufferedImage picture, Plot plot, double x, double y) {
        for (int dx = -3; dx <= 3; dx++) {
            for (int dy = -3; dy <= 3; dy++) {
                int rgb = picture.getRGB((int) plot.scaleXtoPxl(x) + dx, (int) plot.scaleYtoPxl(y) + dy);
                if ((rgb & 0xff) - (rgb >> 16 & 0xff) > 80) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void aRocPassesThroughItsPoints() throws IOException {
        List<Curves.Point> points = Curves.roc(SAMPLE.scores(1), SAMPLE.truth(1));
        Plot plot = EvaluationPlots.roc("ROC", List.of(new EvaluationPlots.Curve("lesion, AUC 0.950 (0.920 to 0.980)", points)));
        BufferedImage picture = written("roc", plot);
        for (Curves.Point point : points) {
            assertTrue(isBlue(picture, plot, point.x(), point.y()), point.toString());
        }
        written("roc_classes", EvaluationPlots.roc("ROC", List.of(new EvaluationPlots.Curve("lesion, AUC 0.950", points),
            new EvaluationPlots.Curve("normal, AUC 0.950", Curves.roc(SAMPLE.scores(0), SAMPLE.truth(0))))));
    }

    @Test
    void precisionAndRecall() throws IOException {
        List<Curves.Point> points = Curves.precisionRecall(SAMPLE.scores(1), SAMPLE.truth(1));
        Plot plot = EvaluationPlots.precisionRecall("PR", List.of(new EvaluationPlots.Curve("lesion, AP 0.930", points)), 0.4);
        BufferedImage picture = written("precision_recall", plot);
        Curves.Point middle = points.get(points.size() / 2);
        assertTrue(isBlue(picture, plot, middle.x(), middle.y()));
    }

    @Test
    void reliability() throws IOException {
        Calibration calibration = Calibration.of(SAMPLE);
        Plot plot = EvaluationPlots.reliability("Reliability", calibration.bins(), calibration.expectedError());
        BufferedImage picture = written("reliability", plot);
        for (Calibration.Bin bin : calibration.bins()) {
            assertTrue(bin.count() == 0 || isBlue(picture, plot, bin.confidence(), bin.accuracy()), bin.toString());
        }
        assertEquals(400, calibration.bins().stream().mapToLong(Calibration.Bin::count).sum());
    }

    @Test
    void accuracyAndCoverage() throws IOException {
        DecisionRule rule = new DecisionRule(LabelKind.BINARY, 1, Double.NaN);
        List<Curves.Coverage> points = Curves.accuracyCoverage(SAMPLE, rule);
        Plot plot = EvaluationPlots.accuracyCoverage("Coverage", points, Curves.at(SAMPLE, rule, 0.9));
        BufferedImage picture = written("accuracy_coverage", plot);
        Curves.Coverage all = points.get(points.size() - 1);
        assertEquals(1, all.coverage());
        assertTrue(isBlue(picture, plot, all.coverage(), all.accuracy()));
    }

    @Test
    void aConfusionMatrixIsDarkOnItsDiagonal() throws IOException {
        BufferedImage two = ConfusionPicture.paint(List.of("normal", "pneumonia"), new int[][] {{120, 15}, {7, 382}});
        Files.createDirectories(FOLDER);
        ImageIO.write(two, "png", FOLDER.resolve("confusion.png").toFile());
        int edge = 120;
        int left = two.getWidth() - 20 - 2 * edge;
        int top = two.getHeight() - 20 - 2 * edge;
        assertTrue((two.getRGB(left + 8, top + 8) >> 16 & 0xff) < 60, "right ones are dark");
        assertTrue((two.getRGB(left + edge + 8, top + 8) >> 16 & 0xff) > 180, "wrong ones are light");
        ImageIO.write(ConfusionPicture.paint(List.of("adipose", "background", "debris", "lymphocytes", "mucus", "smooth muscle", "normal colon mucosa",
            "cancer-associated stroma", "adenocarcinoma"), new int[9][9]), "png", FOLDER.resolve("confusion_nine.png").toFile());
    }

    @Test
    void emptyCurvesAreDrawnAllTheSame() throws IOException {
        written("empty", EvaluationPlots.roc("ROC", List.of(new EvaluationPlots.Curve("lesion, AUC -", List.of()))));
        Calibration none = Calibration.of(SAMPLE.only(new int[0]));
        written("empty_reliability", EvaluationPlots.reliability("Reliability", none.bins(), Double.NaN));
        written("empty_coverage", EvaluationPlots.accuracyCoverage("Coverage", List.of(), null));
    }
}
