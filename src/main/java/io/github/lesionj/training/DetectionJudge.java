package io.github.lesionj.training;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.evaluation.detection.DetectionMetrics;
import io.github.lesionj.evaluation.detection.JudgedImage;
import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.Boxes;
import io.github.lesionj.geometry.CandidateBoxes;
import io.github.lesionj.geometry.NonMaximumSuppression;
import io.github.lesionj.geometry.TrueBox;
import io.github.lesionj.network.DetectionLoss;
import io.github.lesionj.runtime.TrainingListener.Figure;
import java.util.ArrayList;
import java.util.List;

/** Measures a detector by its mean average precision, in px of the network's input. */
final class DetectionJudge implements Judge {

    /** Low enough for the whole curve of precision and recall. */
    private static final double THRESHOLD = 0.01;
    private static final NonMaximumSuppression SUPPRESSOR = new NonMaximumSuppression(0.5, 300);

    private final List<String> classNames;
    private final List<JudgedImage> images = new ArrayList<>();
    private int objects;

    DetectionJudge(List<String> classNames) {
        this.classNames = classNames;
    }

    /** Takes the scores, [item, candidate, class], and the boxes, [item, candidate, 4 or 4 * class]. */
    @Override
    public void add(Batch batch, List<FloatTensor> outputs) {
        int values = batch.targets().length / batch.items().length;
        for (int i = 0; i < batch.items().length; i++) {
            List<TrueBox> truth = truth(batch.targets(), i * values, values);
            objects += (int) truth.stream().filter(box -> box.role() == TrueBox.Role.COUNTED).count();
            var candidates = new CandidateBoxes(new Boxes(outputs.get(1).item(i).values()), outputs.get(0).item(i).values(), classNames.size());
            images.add(new JudgedImage(Integer.toString(images.size()), truth, candidates.select(THRESHOLD, SUPPRESSOR)));
        }
    }

    private List<TrueBox> truth(float[] targets, int from, int values) {
        List<TrueBox> truth = new ArrayList<>();
        for (int at = from; at < from + values; at += DetectionLoss.TRUTH_VALUES) {
            Box box = new Box(targets[at], targets[at + 1], targets[at + 2], targets[at + 3]);
            int label = (int) targets[at + 4];
            if (label >= 0) {
                truth.add(TrueBox.of(box, label));
            } else if (label == DetectionLoss.IGNORED_BOX) {
                // of no class that is known here: a box of any may lie on it
                for (int each = 0; each < classNames.size(); each++) {
                    truth.add(new TrueBox(box, each, box.area(), TrueBox.Role.CROWD));
                }
            }
        }
        return truth;
    }

    /** Objects to be found. */
    @Override
    public int size() {
        return objects;
    }

    @Override
    public List<Figure> figures() {
        DetectionMetrics metrics = DetectionMetrics.of(classNames, images, 0.5, DetectionMetrics.IOU);
        return List.of(new Figure("map50", "mAP50", metrics.map50()), new Figure("map50_95", "mAP50-95", metrics.map()));
    }
}
