package io.github.lesionj.dataset;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A folder with a folder per class; or one with the folders {@code train}, {@code val}, {@code test}, each with a folder per
 * class. Images may lie at any depth of a class's folder.
 */
final class ClassFolderReader implements LabelledSetReader {

    @Override
    public boolean knows(Path path) {
        return Files.isDirectory(path);
    }

    @Override
    public LabelledSet read(Path path, String split, ClassNaming naming) {
        try {
            List<Path> folders = ImageFolder.subfolders(path);
            if (folders.isEmpty()) {
                throw new UsageException("The folder " + path + " holds no folders with images: make a folder per class in it "
                    + "and put each image into the folder of its class.");
            }
            Map<String, List<Path>> classFolders = new LinkedHashMap<>();
            boolean splits = folders.stream().allMatch(folder -> SplitName.is(fileName(folder)));
            for (Path folder : splits ? folders : List.of(path)) {
                classFolders.put(splits ? fileName(folder) : "", ImageFolder.subfolders(folder));
            }
            return new Collector(path, naming, classFolders).collect();
        } catch (IOException e) {
            throw new UsageException("Cannot list the folder " + path + ": " + WholeFile.reason(e) + ".", e);
        }
    }

    private static String fileName(Path path) {
        return path.getFileName().toString();
    }

    /** Walks the class folders of every split. */
    private static final class Collector {

        private final Path root;
        private final Map<String, List<Path>> classFolders;
        private final ClassNaming.Classes classes;
        private final List<LabelledItem> items = new ArrayList<>();
        private final List<RejectedItem> rejected = new ArrayList<>();

        Collector(Path root, ClassNaming naming, Map<String, List<Path>> classFolders) {
            this.root = root;
            this.classFolders = classFolders;
            List<String> labels = classFolders.values().stream().flatMap(List::stream).map(ClassFolderReader::fileName).toList();
            this.classes = naming.resolve(labels, root.toString());
        }

        LabelledSet collect() throws IOException {
            rejectLoose(root);
            for (Map.Entry<String, List<Path>> split : classFolders.entrySet()) {
                if (!split.getKey().isEmpty()) {
                    rejectLoose(root.resolve(split.getKey()));
                }
                for (Path folder : split.getValue()) {
                    addClass(folder, split.getKey());
                }
            }
            return new LabelledSet(root.toString(), items, classes.names(), Labels.kind(items, classes.names()), rejected);
        }

        private void addClass(Path folder, String split) {
            ImageFolder images = ImageFolder.list(folder);
            Set<Integer> label = Set.of(classes.index(fileName(folder)));
            for (Path file : images.files()) {
                items.add(new LabelledItem(ImageFolder.name(root, file), new ItemSource.File(file), label, "", "", split));
            }
            for (RejectedItem unreadable : images.unreadable()) {
                rejected.add(new RejectedItem(ImageFolder.name(root, folder) + "/" + unreadable.name(), unreadable.reason()));
            }
        }

        private void rejectLoose(Path folder) throws IOException {
            for (Path file : ImageFolder.directFiles(folder)) {
                rejected.add(new RejectedItem(ImageFolder.name(root, file), "no label, for it lies in no class's folder"));
            }
        }
    }
}
