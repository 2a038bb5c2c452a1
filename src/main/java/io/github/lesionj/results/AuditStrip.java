package io.github.lesionj.results;

import io.github.lesionj.evaluation.detection.Verdict;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Says below a picture which image it is, and shows the lines of hits, misses and false alarms with their numbers. */
final class AuditStrip {

    private static final List<Verdict> ALWAYS = List.of(Verdict.MISS, Verdict.FALSE_ALARM, Verdict.HIT);

    private final AuditedItem item;
    private final Lettering lettering;
    private final int width;
    private final int size;
    private final List<Verdict> verdicts;

    AuditStrip(AuditedItem item, Lettering lettering, int pictureWidth) {
        this.item = item;
        this.lettering = lettering;
        this.width = Math.max(LegendStrip.NARROWEST, pictureWidth);
        this.size = LegendStrip.letters(width);
        this.verdicts = new ArrayList<>(ALWAYS);
        if (item.image().count(Verdict.IGNORED) > 0) {
            verdicts.add(Verdict.IGNORED);
        }
    }

    /** A copy of a picture with the strip below it. */
    BufferedImage extended(BufferedImage picture) {
        BufferedImage extended = new BufferedImage(width, picture.getHeight() + size * 4, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = extended.createGraphics();
        graphics.setColor(LegendStrip.PAPER);
        graphics.fillRect(0, 0, extended.getWidth(), extended.getHeight());
        graphics.drawImage(picture, 0, 0, null);
        draw(graphics, picture.getHeight());
        graphics.dispose();
        return extended;
    }

    private void draw(Graphics2D graphics, int top) {
        graphics.setColor(LegendStrip.INK);
        lettering.draw(graphics, item.item().path(), size, top + size * 3 / 2.0, size, true);
        int baseline = top + size * 13 / 4;
        double x = size;
        for (Verdict verdict : verdicts) {
            AuditStyle style = AuditStyle.of(verdict);
            graphics.setColor(style.color());
            graphics.setStroke(style.stroke(Math.max(1, size / 12f)));
            graphics.drawLine((int) x, baseline - size / 3, (int) x + size * 2, baseline - size / 3);
            graphics.setColor(LegendStrip.INK);
            String text = verdict.text() + " " + item.image().count(verdict);
            lettering.draw(graphics, text, x + size * 2.5, baseline, size, false);
            x += size * 4 + lettering.width(text, size, false);
        }
    }
}
