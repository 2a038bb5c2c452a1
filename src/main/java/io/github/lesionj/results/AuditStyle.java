package io.github.lesionj.results;

import io.github.lesionj.evaluation.detection.Verdict;
import java.awt.BasicStroke;
import java.awt.Color;

/**
 * How hits, misses and false alarms are told apart: by colours that people with any colour vision tell apart (Okabe and Ito 2008), and by
 * the kind of the line, for those who print in grey.
 *
 * @param color  of the line
 * @param width  in units of the thinnest line
 * @param dashes lengths of line and gap in the same units; empty = a whole line
 */
public record AuditStyle(Color color, float width, float... dashes) {

    private static final float MITER = 10;

    /** The style of a verdict: hits thin and green, misses dashed and blue, false alarms dotted and orange. */
    public static AuditStyle of(Verdict verdict) {
        return switch (verdict) {
            case HIT -> new AuditStyle(new Color(0, 158, 115), 1);
            case MISS -> new AuditStyle(new Color(86, 180, 233), 2, 7, 4);
            case FALSE_ALARM -> new AuditStyle(new Color(230, 97, 0), 2, 2, 2);
            case IGNORED -> new AuditStyle(new Color(160, 160, 160), 1);
        };
    }

    /**
     * The line.
     *
     * @param unit width of the thinnest line
     */
    public BasicStroke stroke(float unit) {
        float[] lengths = new float[dashes.length];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = unit * dashes[i];
        }
        return lengths.length == 0 ? new BasicStroke(unit * width)
            : new BasicStroke(unit * width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, MITER, lengths, 0);
    }

    /** What its line looks like, in words. */
    public String lineText() {
        return dashes.length == 0 ? "thin" : dashes[0] > dashes[1] ? "dashed" : "dotted";
    }
}
