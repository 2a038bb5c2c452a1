package io.github.lesionj.pipeline;

import io.github.lesionj.runtime.TrainingListener;
import java.nio.file.Path;
import java.util.List;

/** Passes everything on and keeps the remarks. */
record HeardRemarks(TrainingListener listener, List<String> remarks) implements TrainingListener {

    @Override
    public void epochEnded(EpochReport epoch) {
        listener.epochEnded(epoch);
    }

    @Override
    public void resumed(List<EpochReport> history, int epochs) {
        listener.resumed(history, epochs);
    }

    @Override
    public void preview(Path picture) {
        listener.preview(picture);
    }

    @Override
    public void waited(double waiting, double training) {
        listener.waited(waiting, training);
    }

    @Override
    public void remark(String sentence) {
        remarks.add(sentence);
        listener.remark(sentence);
    }
}
