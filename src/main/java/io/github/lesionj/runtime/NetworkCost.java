package io.github.lesionj.runtime;

/**
 * What a network costs, counted in its graph and not measured.
 *
 * @param parameters   values that training changes
 * @param multiplyAdds of convolutions and dense layers for one item; a GFLOP is half a billion of them, for each is one
 *                     multiplication and one addition
 */
public record NetworkCost(long parameters, long multiplyAdds) {

    /** Billions of floating point operations of one item on its way to the scores. */
    public double gflop() {
        return 2e-9 * multiplyAdds;
    }
}
