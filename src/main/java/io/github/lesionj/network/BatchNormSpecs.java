package io.github.lesionj.network;

/** The four variables of a batch normalisation, each [channels]. */
record BatchNormSpecs(VariableSpec scale, VariableSpec shift, VariableSpec mean, VariableSpec variance) {

    static BatchNormSpecs of(String name, int channels) {
        return new BatchNormSpecs(
            spec(name + ".weight", channels, VariableSpec.Role.TRAINED, 1),
            spec(name + ".bias", channels, VariableSpec.Role.TRAINED, 0),
            spec(name + ".running_mean", channels, VariableSpec.Role.STATISTIC, 0),
            spec(name + ".running_var", channels, VariableSpec.Role.STATISTIC, 1));
    }

    private static VariableSpec spec(String name, int channels, VariableSpec.Role role, float initial) {
        return new VariableSpec(name, new int[] {channels}, role, Initializer.constant(initial));
    }
}
