package io.github.lesionj.training;

import io.github.lesionj.runtime.TrainingData;

/** Training data that does what another one does, until a test overrides it. */
class ForwardingData implements TrainingData {

    private final TrainingData data;

    ForwardingData(TrainingData data) {
        this.data = data;
    }

    @Override
    public int trainingSize() {
        return data.trainingSize();
    }

    @Override
    public int validationSize() {
        return data.validationSize();
    }

    @Override
    public void readTraining(int index, long seed, float[] destination, int offset) {
        data.readTraining(index, seed, destination, offset);
    }

    @Override
    public void readValidation(int index, float[] destination, int offset) {
        data.readValidation(index, destination, offset);
    }

    @Override
    public float[] trainingTarget(int index) {
        return data.trainingTarget(index);
    }

    @Override
    public float[] validationTarget(int index) {
        return data.validationTarget(index);
    }

    @Override
    public int boxRows() {
        return data.boxRows();
    }

    @Override
    public String trainingName(int index) {
        return data.trainingName(index);
    }

    @Override
    public String augmentation() {
        return data.augmentation();
    }

    @Override
    public String checksum() {
        return data.checksum();
    }
}
