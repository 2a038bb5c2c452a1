package io.github.lesionj.batch;

import io.github.lesionj.image.ImageSource;
import io.github.lesionj.image.Position;
import io.github.lesionj.image.RegionSource;
import io.github.lesionj.image.SourceImage;
import io.github.lesionj.results.AuditStack;
import io.github.lesionj.results.AuditedItem;
import io.github.lesionj.results.Thumbnail;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The images of an evaluated detector, read again one by one when somebody wants to look at them. */
public final class AuditImages {

    private final Map<String, BatchInput> inputs;
    private final int channels;
    private final int channel;

    /**
     * Images.
     *
     * @param channels that the network takes
     * @param channel  from 1, or 0 where none was chosen
     */
    AuditImages(List<BatchInput> inputs, int channels, int channel) {
        this.inputs = inputs.stream().collect(Collectors.toMap(input -> input.key().image(), Function.identity()));
        this.channels = channels;
        this.channel = channel;
    }

    /**
     * As a slice of the audit view.
     *
     * @throws io.github.lesionj.core.LesionJException where it cannot be read
     */
    public Thumbnail slice(AuditedItem item) {
        return read(item, AuditStack::thumbnail);
    }

    /** As a picture of a result folder. */
    Thumbnail picture(AuditedItem item) {
        return read(item, Thumbnail::of);
    }

    /**
     * As it is, whole.
     *
     * @throws io.github.lesionj.core.LesionJException where it cannot be read
     */
    public SourceImage whole(AuditedItem item) {
        return read(item, regions -> regions.region(0, 0, regions.width(), regions.height()));
    }

    private <T> T read(AuditedItem item, Function<RegionSource, T> reading) {
        BatchInput input = inputs.get(item.item().image());
        try (ImageSource source = input.open()) {
            Position position = input.items(source, channels, channel).get(0).position();
            try (RegionSource regions = source.regions(position)) {
                return reading.apply(regions);
            }
        }
    }
}
