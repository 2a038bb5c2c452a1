package io.github.lesionj.image;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Map;

/** Pixel sizes in micrometres, and when a size is only the restating of a screen's or printer's resolution. */
public final class PixelSize {

    private static final double INCH = 25400;

    private static final Map<String, Double> UM = Map.ofEntries(Map.entry("um", 1.0), Map.entry("\u00b5m", 1.0),
        Map.entry("\u03bcm", 1.0), Map.entry("micron", 1.0), Map.entry("microns", 1.0), Map.entry("micrometer", 1.0),
        Map.entry("micrometers", 1.0), Map.entry("micrometre", 1.0), Map.entry("micrometres", 1.0), Map.entry("nm", 1e-3),
        Map.entry("nanometer", 1e-3), Map.entry("nanometers", 1e-3), Map.entry("mm", 1e3), Map.entry("millimeter", 1e3),
        Map.entry("millimeters", 1e3), Map.entry("cm", 1e4), Map.entry("centimeter", 1e4), Map.entry("centimeters", 1e4),
        Map.entry("m", 1e6), Map.entry("meter", 1e6), Map.entry("inch", INCH), Map.entry("inches", INCH), Map.entry("in", INCH));

    private PixelSize() {
    }

    /** Not calibrated. */
    public static double[] missing() {
        return new double[] {Double.NaN, Double.NaN};
    }

    /**
     * Width and height of a pixel in micrometres, or NaN where the unit is not one of length, or the size is none.
     *
     * @param unit as ImageJ or a file names it, such as {@code mm}, {@code micron}, {@code inch}, {@code pixel}; may be null
     */
    public static double[] of(double width, double height, String unit) {
        Double um = unit == null ? null : UM.get(unit.strip().toLowerCase(Locale.ROOT));
        return um == null ? missing() : of(width * um, height * um);
    }

    /** As {@link #of(double, double, String)}, of micrometres; 72 and 96 dpi, 0, and what is no number are missing. */
    public static double[] of(double widthUm, double heightUm) {
        boolean known = isSize(widthUm) && isSize(heightUm) && !(isScreen(widthUm) && isScreen(heightUm));
        return known ? new double[] {rounded(widthUm), rounded(heightUm)} : missing();
    }

    // Changes of unit leave a last digit behind: 0.78125 mm must not be 781.2500000000001 um.
    private static double rounded(double um) {
        return new BigDecimal(um).round(new MathContext(12)).doubleValue();
    }

    private static boolean isSize(double um) {
        return um > 0 && Double.isFinite(um);
    }

    private static boolean isScreen(double um) {
        return Math.abs(um * 72 / INCH - 1) < 2e-3 || Math.abs(um * 96 / INCH - 1) < 2e-3;
    }
}
