package io.github.lesionj.results;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A confusion matrix as a picture: a row for each true class, a column for each that was said, in each cell the number of items
 * and their share of the row, the darker the larger.
 */
public final class ConfusionPicture {

    private static final int MARGIN = 20;
    private static final int LETTERS = 16;
    private static final int LARGEST_CELL = 120;
    private static final int SMALLEST_CELL = 56;
    private static final int WANTED = 480;
    private static final int LONGEST_NAME = 18;
    private static final Color DARK = new Color(0, 84, 140);

    private final List<String> names;
    private final int[][] matrix;
    private final Lettering lettering = Lettering.best();
    private final int cell;
    private final int left;
    private final int top;

    private ConfusionPicture(List<String> names, int[][] matrix) {
        this.names = names.stream().map(ConfusionPicture::shortened).toList();
        this.matrix = matrix;
        int widest = this.names.stream().mapToInt(name -> (int) Math.ceil(lettering.width(name, LETTERS, false))).max().orElse(0);
        this.cell = Math.max(SMALLEST_CELL, Math.min(LARGEST_CELL, WANTED / names.size()));
        this.left = MARGIN + 2 * LETTERS + widest + MARGIN / 2;
        this.top = MARGIN + 2 * LETTERS + (widest > cell - 6 ? widest + LETTERS : 2 * LETTERS);
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "\u2026";
    }

    /**
     * Draws it.
     *
     * @param names  of the classes
     * @param matrix [truth][said]
     */
    public static BufferedImage paint(List<String> names, int[][] matrix) {
        return new ConfusionPicture(names, matrix).paint();
    }

    private BufferedImage paint() {
        int edge = cell * names.size();
        BufferedImage picture = new BufferedImage(Math.max(left + edge, 260) + MARGIN, top + edge + MARGIN, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        graphics.setColor(Color.BLACK);
        centred(graphics, "said", left + edge / 2.0, MARGIN + LETTERS, LETTERS, true);
        turned(graphics, "truth", MARGIN + LETTERS, top + edge / 2.0, true);
        for (int i = 0; i < names.size(); i++) {
            nameColumn(graphics, i);
            double width = lettering.width(names.get(i), LETTERS, false);
            lettering.draw(graphics, names.get(i), left - MARGIN / 2.0 - width, middle(top, i) + LETTERS / 3.0, LETTERS, false);
            for (int said = 0; said < names.size(); said++) {
                paintCell(graphics, i, said);
            }
        }
        graphics.setColor(Color.GRAY);
        graphics.drawRect(left, top, edge, edge);
        graphics.dispose();
        return picture;
    }

    private void nameColumn(Graphics2D graphics, int column) {
        graphics.setColor(Color.BLACK);
        if (top > MARGIN + 4 * LETTERS) {
            Graphics2D rotated = (Graphics2D) graphics.create();
            rotated.translate(middle(left, column) + LETTERS / 3.0, top - MARGIN / 2.0);
            rotated.rotate(-Math.PI / 2);
            lettering.draw(rotated, names.get(column), 0, 0, LETTERS, false);
            rotated.dispose();
        } else {
            centred(graphics, names.get(column), middle(left, column), top - MARGIN / 2.0, LETTERS, false);
        }
    }

    private double middle(int start, int index) {
        return start + (index + 0.5) * cell;
    }

    private void paintCell(Graphics2D graphics, int truth, int said) {
        int row = Arrays.stream(matrix[truth]).sum();
        double share = row == 0 ? 0 : (double) matrix[truth][said] / row;
        graphics.setColor(blend(share));
        graphics.fillRect(left + said * cell, top + truth * cell, cell, cell);
        graphics.setColor(share > 0.5 ? Color.WHITE : Color.BLACK);
        double middle = middle(top, truth);
        centred(graphics, Integer.toString(matrix[truth][said]), middle(left, said), middle, LETTERS, true);
        String percent = row == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
        centred(graphics, percent, middle(left, said), middle + LETTERS + 2, LETTERS - 3, false);
        graphics.setColor(Color.LIGHT_GRAY);
        graphics.drawRect(left + said * cell, top + truth * cell, cell, cell);
    }

    private static Color blend(double share) {
        return new Color(mix(DARK.getRed(), share), mix(DARK.getGreen(), share), mix(DARK.getBlue(), share));
    }

    private static int mix(int dark, double share) {
        return (int) Math.round(255 + share * (dark - 255));
    }

    private void centred(Graphics2D graphics, String text, double x, double baseline, int size, boolean bold) {
        lettering.draw(graphics, text, x - lettering.width(text, size, bold) / 2, baseline, size, bold);
    }

    private void turned(Graphics2D graphics, String text, double x, double y, boolean bold) {
        Graphics2D rotated = (Graphics2D) graphics.create();
        rotated.translate(x, y);
        rotated.rotate(-Math.PI / 2);
        centred(rotated, text, 0, 0, LETTERS, bold);
        rotated.dispose();
    }
}
