package io.github.lesionj.batch;

import io.github.lesionj.core.Progress;
import io.github.lesionj.geometry.ScoredBox;
import io.github.lesionj.image.RegionSource;
import io.github.lesionj.pipeline.DetectionSettings;
import io.github.lesionj.pipeline.ObjectDetector;
import java.awt.Rectangle;
import java.util.List;

/**
 * A model with settings; closes nothing.
 *
 * @param model    loaded
 * @param settings threshold and the like
 */
record ModelDetector(ObjectDetector model, DetectionSettings settings) implements Detector<ObjectDetector.Prepared> {

    @Override
    public List<String> classNames() {
        return model.card().classNames();
    }

    @Override
    public int channels() {
        return model.card().input().channels();
    }

    @Override
    public int batch() {
        return settings.batch();
    }

    @Override
    public double umPerPx() {
        return settings.umPerPx();
    }

    @Override
    public ObjectDetector.Prepared prepare(RegionSource image, Rectangle area) {
        return model.prepare(image, settings, area);
    }

    @Override
    public boolean isRead(ObjectDetector.Prepared image) {
        return image.tiles() == 1;
    }

    @Override
    public List<List<ScoredBox>> detect(List<ObjectDetector.Prepared> images, Progress progress) {
        return model.detect(images, settings, settings.threshold(), progress).stream().map(found -> found.boxes(settings)).toList();
    }
}
