package io.github.lesionj.training;

/** Which items each step takes: a pure function of seed and epoch, so that a resumed training draws the same. */
interface ItemOrder {

    /** Items of one step. */
    int stepSize();

    int stepsPerEpoch();

    /**
     * Items of all steps of an epoch, one after the other.
     *
     * @param epoch from 0
     */
    int[] epoch(int epoch);
}
