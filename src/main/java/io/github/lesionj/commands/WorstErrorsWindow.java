package io.github.lesionj.commands;

import ij.ImagePlus;
import ij.text.TextWindow;
import io.github.lesionj.batch.EvaluationRequest;
import io.github.lesionj.batch.ExplainedItem;
import io.github.lesionj.batch.ItemWriter;
import io.github.lesionj.batch.WorstError;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.image.ImagePlusCopy;
import io.github.lesionj.image.Position;
import io.github.lesionj.pipeline.Explain;
import io.github.lesionj.pipeline.ImageClassifier;
import io.github.lesionj.runtime.Backend;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.List;
import java.util.function.Consumer;

/** A table of the wrong items, the worst first; a double click opens one with its explanation on it. */
final class WorstErrorsWindow {

    private static final String TITLE = "Worst errors (double click opens the image)";
    private static final int WIDTH = 760;
    private static final int HEIGHT = 360;

    private final List<WorstError> errors;
    private final EvaluationRequest request;
    private final Backend backend;
    private final Consumer<String> warnings;

    WorstErrorsWindow(List<WorstError> errors, EvaluationRequest request, Backend backend, Consumer<String> warnings) {
        this.errors = errors;
        this.request = request;
        this.backend = backend;
        this.warnings = warnings;
    }

    void show() {
        if (errors.isEmpty()) {
            return;
        }
        List<String> lines = errors.stream().map(error -> String.join("\t", error.fields())).toList();
        TextWindow window = new TextWindow(TITLE, String.join("\t", WorstError.HEADER), String.join("\n", lines), WIDTH, HEIGHT);
        window.getTextPanel().addMouseListener(new MouseAdapter() {
            @Override
            public void mouseClicked(MouseEvent click) {
                int row = window.getTextPanel().getSelectionStart();
                if (click.getClickCount() == 2 && row >= 0) {
                    open(window.getTextPanel().getLine(row));
                }
            }
        });
    }

    /** By its name: the user may have sorted or deleted rows. */
    private void open(String line) {
        String item = line.split("\t", -1)[0];
        errors.stream().filter(error -> error.input().path().equals(item)).findFirst().ifPresent(error -> {
            Thread thread = new Thread(() -> explain(error), "LesionJ " + item);
            thread.setDaemon(true);
            thread.start();
        });
    }

    private void explain(WorstError error) {
        try (ImageClassifier classifier = ImageClassifier.open(backend, request.models(), request.device(), Explain.AUTO)) {
            ExplainedItem explained = ExplainedItem.of(error.input(), request.channel(), classifier);
            ImagePlus image = ImagePlusCopy.of(explained.image(), error.input().path());
            image.show();
            ItemWriter.Display display = new ActiveImageDisplay(image, warnings);
            display.begin();
            explained.map().ifPresent(map ->
                display.show(explained.row(), Position.FIRST, map, explained.regions(), explained.color()));
        } catch (LesionJException e) {
            warnings.accept(e.getMessage());
        }
    }
}
