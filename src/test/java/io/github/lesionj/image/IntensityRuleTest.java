package io.github.lesionj.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class IntensityRuleTest {

    private static String formula(IntensityRule.Kind kind, double low, double high, double[] mean, double[] std) {
        return new IntensityRule(kind, low, high, mean, std).formula();
    }

    @Test
    void saysWhatBecomesOfAValue() {
        double[] none = {};
        assertEquals("v / 255 (16 bits: v / 65535)", IntensityRule.byType().formula());
        assertEquals("v / 255 (16 bits: v / 65535), then (v - 0.5) / 0.25",
            formula(IntensityRule.Kind.TYPE, 0, 0, new double[] {0.5}, new double[] {0.25}));
        assertEquals("v as it is, then (v - [0.1, 0.2]) / 1.0", formula(IntensityRule.Kind.NONE, 0, 0, new double[] {0.1, 0.2}, none));
        assertEquals("(v - -1000.0) / 1400.0, clipped to 0..1", formula(IntensityRule.Kind.WINDOW, -1000, 400, none, none));
        assertEquals("0 at the image's percentile 0.5, 1 at 99.5, linear, clipped", formula(IntensityRule.Kind.PERCENTILE, 0.5, 99.5, none, none));
        assertEquals("(v - mean of the image) / its standard deviation, then (v - 0.0) / 2.0",
            formula(IntensityRule.Kind.ZSCORE, 0, 0, none, new double[] {2}));
    }
}
