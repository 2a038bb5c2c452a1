package io.github.lesionj.batch;

import io.github.lesionj.image.ImageSource;
import io.github.lesionj.image.Position;
import io.github.lesionj.image.SourceImage;
import io.github.lesionj.pipeline.ImageClassifier;
import io.github.lesionj.results.AttentionRegions;
import io.github.lesionj.results.ClassColors;
import io.github.lesionj.results.Classification;
import io.github.lesionj.results.HeatMap;
import io.github.lesionj.results.ItemKey;
import io.github.lesionj.results.Region;
import io.github.lesionj.results.ResultFolder;
import io.github.lesionj.results.Thumbnail;
import java.awt.Color;
import java.util.List;
import java.util.Optional;

/**
 * One item with what a model says of it and where it looked.
 *
 * @param image   its pixels
 * @param row     label and probabilities
 * @param map     empty where the model gives none
 * @param regions outlines of the map, px of the image
 * @param color   of the explained class
 */
public record ExplainedItem(SourceImage image, Classification row, Optional<HeatMap> map, List<Region> regions, Color color) {

    /**
     * Reads an item that holds one image, and classifies it.
     *
     * @param channel from 1, or 0 where none was chosen
     */
    public static ExplainedItem of(BatchInput input, int channel, ImageClassifier classifier) {
        try (ImageSource source = input.open()) {
            Position position = source.positions(classifier.channels(), channel).get(0);
            SourceImage image = source.image(position);
            ImageClassifier.Result result = classifier.classify(image);
            ItemKey key = source.channels() == 1 ? input.key() : ItemKey.of(input.path(), position.c(), position.z(), position.t());
            Classification row = classifier.labelRule().classify(key, result.probabilities(), input.truth());
            Optional<HeatMap> map = result.explanation().map(HeatMap::new);
            List<Region> regions = map.flatMap(AttentionRegions::outline).stream().toList();
            Color color = ClassColors.of(classifier.classNames(), map.map(found -> found.explanation().className()).orElse(row.label()));
            return new ExplainedItem(image, row, map, regions, color);
        }
    }

    /** Writes its picture and outlines, where there is a map. */
    void save(ResultFolder folder) {
        map.ifPresent(found -> ItemWriter.save(folder, row, Thumbnail.of(image), found, regions, color));
    }
}
