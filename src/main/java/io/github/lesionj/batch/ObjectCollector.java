package io.github.lesionj.batch;

import ij.gui.Roi;
import io.github.lesionj.results.Classification;
import io.github.lesionj.results.ItemKey;
import io.github.lesionj.results.ObjectFiles;
import io.github.lesionj.results.ObjectLabels;
import io.github.lesionj.results.ResultRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Waits until all objects of an image have ended; then writes them, named, grouped and coloured by class, and shows them.
 *
 * <p>A run that is killed before has their rows: the next one finds all of them done and writes the files again.
 */
final class ObjectCollector implements ItemListener {

    private final ResultRun run;
    private final List<String> classNames;
    private final ObjectDisplay display;
    private final Map<String, Waiting> images = new ConcurrentHashMap<>();

    /** The objects of one image; touched by one thread at a time. */
    private record Waiting(BatchInput input, Map<ItemKey, Roi> objects, Map<ItemKey, Classification> rows, int[] left) {
    }

    ObjectCollector(ResultRun run, List<String> classNames, ObjectDisplay display) {
        this.run = run;
        this.classNames = classNames;
        this.display = display;
    }

    @Override
    public void opened(BatchInput input, List<BatchItem> items) {
        Map<ItemKey, Roi> objects = new LinkedHashMap<>();
        items.forEach(item -> objects.put(item.key(), item.object()));
        images.put(input.key().image(), new Waiting(input, objects, new HashMap<>(), new int[] {items.size()}));
    }

    @Override
    public void ended(ItemKey item, Classification row) {
        Waiting image = images.get(item.image());
        if (image == null) {
            return;
        }
        if (row != null) {
            image.rows().put(item, row);
        }
        if (--image.left()[0] == 0) {
            images.remove(item.image());
            finish(image);
        }
    }

    private void finish(Waiting image) {
        List<Roi> classified = new ArrayList<>();
        image.objects().forEach((key, roi) -> {
            Classification row = image.rows().get(key);
            if (row == null) {
                ObjectLabels.forget(roi);
            } else {
                ObjectLabels.apply(roi, row, classNames);
                classified.add(roi);
            }
        });
        if (!classified.isEmpty()) {
            run.folder().ifPresent(folder -> ObjectFiles.write(folder, image.input().key(), List.copyOf(image.objects().values()), classNames));
            display.show(classified);
        }
    }
}
