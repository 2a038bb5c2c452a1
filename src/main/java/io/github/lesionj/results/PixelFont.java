package io.github.lesionj.results;

import java.awt.geom.Path2D;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Letters of 5 by 7 squares for machines without a font, such as a bare server with a headless Java. Small letters look
 * like capitals; a sign that it does not know is an empty box.
 */
final class PixelFont {

    private static final int COLUMNS = 5;
    private static final int ROWS = 7;
    private static final int ADVANCE = 6;

    // Seven digits to base 32 per sign, one per row from the top; the highest of five bits is the leftmost square.
    private static final Map<Character, String> GLYPHS = glyphs(
        "A EHHVHHH B UHHUHHU C EHGGGHE D UHHHHHU E VGGUGGV F VGGUGGG G EHGNHHF H HHHVHHH I E44444E J 72222IC K HIKOKIH "
        + "L GGGGGGV M HRLLHHH N HHPLJHH O EHHHHHE P UHHUGGG Q EHHHLID R UHHUKIH S FGGE11U T V444444 U HHHHHHE V HHHHHA4 "
        + "W HHHLLRH X HHA4AHH Y HHA4444 Z V1248GV 0 EHJLPHE 1 4C4444E 2 EH1248V 3 V2421HE 4 26AIV22 5 VGU11HE 6 68GUHHE "
        + "7 V124888 8 EHHEHHE 9 EHHF12C . 00000CC , 0000448 : 0CC0CC0 ; 0CC0448 - 000E000 + 044V440 ( 2488842 ) 8422248 "
        + "% OP248J3 / 01248G0 = 00V0V00 > 8421248 < 248G842 _ 000000V ' 4480000 ! 4444404 ? EH12404 * 04LEL40 # AAVAVAA "
        + "& CIK8LID [ E88888E ] E22222E");
    private static final String UNKNOWN = "VHHHHHV";

    private PixelFont() {
    }

    private static Map<Character, String> glyphs(String table) {
        Map<Character, String> glyphs = new TreeMap<>();
        String[] parts = table.split(" ");
        for (int i = 0; i < parts.length; i += 2) {
            glyphs.put(parts[i].charAt(0), parts[i + 1]);
        }
        return glyphs;
    }

    /** Width of a text whose letters are {@code height} high. */
    static double width(String text, double height) {
        return Math.max(0, text.length() * ADVANCE - 1) * height / ROWS;
    }

    /** The text as a shape that begins at x and stands on a base line. */
    static Path2D shape(String text, double x, double baseline, double height) {
        Path2D shape = new Path2D.Double();
        double square = height / ROWS;
        String capitals = text.toUpperCase(Locale.ROOT);
        for (int i = 0; i < capitals.length(); i++) {
            if (!Character.isWhitespace(capitals.charAt(i))) {
                append(shape, GLYPHS.getOrDefault(capitals.charAt(i), UNKNOWN), x + i * ADVANCE * square, baseline - height, square);
            }
        }
        return shape;
    }

    private static void append(Path2D shape, String glyph, double x, double y, double square) {
        for (int row = 0; row < ROWS; row++) {
            int bits = Character.digit(glyph.charAt(row), 32);
            for (int column = 0; column < COLUMNS; column++) {
                if ((bits >> COLUMNS - 1 - column & 1) == 1) {
                    appendSquare(shape, x + column * square, y + row * square, square);
                }
            }
        }
    }

    private static void appendSquare(Path2D shape, double x, double y, double square) {
        shape.moveTo(x, y);
        shape.lineTo(x + square, y);
        shape.lineTo(x + square, y + square);
        shape.lineTo(x, y + square);
        shape.closePath();
    }
}
