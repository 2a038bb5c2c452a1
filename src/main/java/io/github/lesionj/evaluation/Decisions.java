package io.github.lesionj.evaluation;

import io.github.lesionj.core.LabelKind;

/** What a rule says of every item, beside what is true. */
final class Decisions {

    private static final int CODES = 4;

    private final Predictions predictions;
    /** [item][class] */
    private final boolean[][] said;
    /** [class][item], 2 * true + said. */
    private final byte[][] codes;
    private final double[] shares;

    private Decisions(Predictions predictions, boolean[][] said) {
        this.predictions = predictions;
        this.said = said;
        this.codes = new byte[predictions.classes()][said.length];
        this.shares = new double[said.length];
        for (int i = 0; i < said.length; i++) {
            int agreeing = 0;
            for (int c = 0; c < codes.length; c++) {
                codes[c][i] = (byte) ((predictions.isTrue(i, c) ? 2 : 0) + (said[i][c] ? 1 : 0));
                agreeing += said[i][c] == predictions.isTrue(i, c) ? 1 : 0;
            }
            shares[i] = predictions.kind() == LabelKind.MULTI_LABEL ? (double) agreeing / codes.length
                : agreeing == codes.length ? 1 : 0;
        }
    }

    static Decisions of(Predictions predictions, DecisionRule rule) {
        boolean[][] said = new boolean[predictions.items()][predictions.classes()];
        for (int i = 0; i < said.length; i++) {
            for (int label : rule.labels(predictions.probabilities()[i])) {
                said[i][label] = true;
            }
        }
        return new Decisions(predictions, said);
    }

    /** Share of an item's decisions that is right: 0 or 1 unless multi-label. */
    double share(int item) {
        return shares[item];
    }

    /** The mean of the shares, NaN where nothing has weight. */
    double accuracy(int[] weights) {
        double sum = 0;
        long total = 0;
        for (int i = 0; i < shares.length; i++) {
            sum += weights[i] * shares[i];
            total += weights[i];
        }
        return sum / total;
    }

    /** One for each class. */
    Counts[] counts(int[] weights) {
        Counts[] counts = new Counts[codes.length];
        for (int c = 0; c < codes.length; c++) {
            long[] sums = new long[CODES];
            byte[] code = codes[c];
            for (int i = 0; i < code.length; i++) {
                sums[code[i]] += weights[i];
            }
            counts[c] = new Counts(sums[3], sums[1], sums[2], sums[0]);
        }
        return counts;
    }

    /** [truth][said]; empty for multi-label. */
    int[][] confusion() {
        if (predictions.kind() == LabelKind.MULTI_LABEL) {
            return new int[0][];
        }
        int[][] matrix = new int[codes.length][codes.length];
        for (int i = 0; i < said.length; i++) {
            for (int truth = 0; truth < matrix.length; truth++) {
                for (int c = 0; c < matrix.length; c++) {
                    matrix[truth][c] += predictions.isTrue(i, truth) && said[i][c] ? 1 : 0;
                }
            }
        }
        return matrix;
    }
}
