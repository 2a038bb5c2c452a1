package io.github.lesionj.batch;

import ij.ImagePlus;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.dataset.ClassNaming;
import io.github.lesionj.dataset.DataReference;
import io.github.lesionj.dataset.ImageFolder;
import io.github.lesionj.dataset.ItemSource;
import io.github.lesionj.dataset.LabelledItem;
import io.github.lesionj.dataset.LabelledSet;
import io.github.lesionj.dataset.LabelledSets;
import io.github.lesionj.dataset.RejectedItem;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.image.ImageSource;
import io.github.lesionj.image.ObjectCrop;
import io.github.lesionj.results.ResultFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the key {@code input} names, as the list of what a run reads.
 *
 * @param root     the file or folder that was named, or null for an open image
 * @param inputs   in the order they are read
 * @param rejected what was found but cannot be read, and why
 */
public record BatchInputs(Path root, List<BatchInput> inputs, List<RejectedItem> rejected) {

    /** The image that is open in ImageJ. */
    public static BatchInputs of(ImagePlus image) {
        return new BatchInputs(null, List.of(new ActiveImageInput(image)), List.of());
    }

    /** Several images that are open in ImageJ, each as a whole. */
    public static BatchInputs of(List<ImagePlus> images) {
        List<String> titles = images.stream().map(ImagePlus::getTitle).toList();
        titles.stream().filter(title -> titles.indexOf(title) != titles.lastIndexOf(title)).findFirst().ifPresent(title -> {
            throw new UsageException("Two open images are called " + title + ": rename one (Image > Rename...), so that they can be told apart.");
        });
        return new BatchInputs(null, images.stream().<BatchInput>map(image -> new ActiveImageInput(image).whole()).toList(), List.of());
    }

    /**
     * Whether the channel is clear and the first image of each can be used: for an open image, whose user can correct that at
     * once; of files the bad ones are listed.
     *
     * @throws UsageException what to choose or change
     */
    void check(int networkChannels, int channel) {
        for (BatchInput input : inputs) {
            try (ImageSource source = input.open()) {
                source.image(input.items(source, networkChannels, channel).get(0).position());
            }
        }
    }

    /** The same inputs, read as wholes; on an open image with a ROI only that is searched. */
    BatchInputs searched() {
        return new BatchInputs(root, inputs.stream().<BatchInput>map(input -> input instanceof ActiveImageInput active ? active.searched() : input)
            .toList(), rejected);
    }

    /** The same inputs, of which the objects on them are classified and not the whole. */
    public BatchInputs objects(ObjectSource source, ObjectCrop crop) {
        List<BatchInput> objects = new ArrayList<>();
        for (BatchInput input : inputs) {
            objects.add(new ObjectInput(input instanceof ActiveImageInput active ? active.whole() : input, source, crop));
        }
        return new BatchInputs(root, objects, rejected);
    }

    /**
     * Resolves the key.
     *
     * @param input      an image file, a folder (read with all its folders), or a reference to a data set
     * @param files      opens image files
     * @param classNames of the model, to name the true labels of a data set
     */
    public static BatchInputs of(String input, ImageFiles files, List<String> classNames) {
        DataReference reference = reference(input);
        Path path = reference.path();
        if (!reference.split().isEmpty() || LabelledSets.isLabelledFile(path)) {
            return ofSet(path, LabelledSets.open(reference, new ClassNaming(classNames)), files);
        }
        return Files.isDirectory(path) ? ofFolder(path, files)
            : new BatchInputs(path, List.of(new FileInput(path.getFileName().toString(), path, files, null)), List.of());
    }

    private static DataReference reference(String input) {
        try {
            return DataReference.parse(input);
        } catch (UsageException e) {
            // it speaks of data sets, which an input mostly is not
            throw input.contains("#") ? e : new UsageException("There is no file or folder " + input.strip() + "; check input=.", e);
        }
    }

    private static BatchInputs ofFolder(Path folder, ImageFiles files) {
        if (ResultFolder.isResultFolder(folder)) {
            throw new UsageException("The folder " + folder + " holds the results of a run (a run.json) and is never read as input; "
                + "check input=.");
        }
        ImageFolder listed = ImageFolder.list(folder);
        if (listed.files().isEmpty() && listed.unreadable().isEmpty()) {
            throw new UsageException("There is no image in the folder " + folder + "; check input=.");
        }
        List<BatchInput> inputs = new ArrayList<>();
        listed.files().forEach(file -> inputs.add(new FileInput(ImageFolder.name(folder, file), file, files, null)));
        return new BatchInputs(folder, inputs, listed.unreadable());
    }

    private static BatchInputs ofSet(Path path, LabelledSet set, ImageFiles files) {
        List<BatchInput> inputs = new ArrayList<>();
        for (LabelledItem item : set.items()) {
            List<String> truth = item.labels().stream().sorted().map(set.classNames()::get).toList();
            inputs.add(item.source() instanceof ItemSource.File file ? new FileInput(item.name(), file.path(), files, truth)
                : new LabelledInput(item, truth));
        }
        return new BatchInputs(path, inputs, set.rejected());
    }
}
