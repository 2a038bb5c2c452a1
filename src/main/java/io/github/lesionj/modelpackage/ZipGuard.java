package io.github.lesionj.modelpackage;

import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Unpacks zip files that nobody vouches for: names that lead out of the folder, links, duplicates, encryption and zip bombs
 * are refused. Names are checked before the first byte is written, sizes by counting what really comes out.
 */
final class ZipGuard {

    private static final int CHUNK = 1 << 16;
    private static final long SMALL = 64L << 20;

    private final long mostBytes;
    private final int mostEntries;
    private final int mostRatio;

    /** Limits for model packages: 4 GB, 10,000 entries, and beyond 64 MB not more than 200 times the zip file's length. */
    ZipGuard() {
        this(4L << 30, 10_000, 200);
    }

    ZipGuard(long mostBytes, int mostEntries, int mostRatio) {
        this.mostBytes = mostBytes;
        this.mostEntries = mostEntries;
        this.mostRatio = mostRatio;
    }

    /**
     * Unpacks a zip file.
     *
     * @param folder exists and is empty; after a failure it holds what was unpacked until then
     * @throws UsageException naming the entry that is refused
     */
    void unpack(Path zip, Path folder) {
        try {
            check(zip, ZipDirectory.read(zip));
            try (ZipFile file = new ZipFile(zip.toFile())) {
                checkSameNames(zip, file);
                unpack(zip, file, folder);
            }
        } catch (ZipException e) {
            throw new UsageException("Cannot unpack " + zip + ": it is damaged. Copy or download it again.", e);
        } catch (IOException e) {
            if (!Files.isReadable(zip)) {
                throw new UsageException("Cannot read " + zip + ": " + WholeFile.reason(e) + ".", e);
            }
            throw new LesionJException("Cannot unpack " + zip + " to " + folder + ": " + WholeFile.reason(e)
                + ". Check that the disk is not full.", e);
        }
    }

    private void check(Path zip, List<ZipDirectory.Entry> entries) {
        if (entries.size() > mostEntries) {
            throw refused(zip, "it has " + entries.size() + " entries, more than " + mostEntries);
        }
        Set<String> seen = new HashSet<>();
        Set<String> files = new HashSet<>();
        for (ZipDirectory.Entry entry : entries) {
            String path = withoutSlash(entry.name());
            String problem = problem(entry, path);
            if (problem != null) {
                throw refused(zip, "the name of its entry \"" + printable(entry.name()) + "\" " + problem);
            }
            if (!seen.add(folded(path))) {
                throw refused(zip, "it holds the entry \"" + printable(entry.name()) + "\" twice");
            }
            if (!entry.name().endsWith("/")) {
                files.add(folded(path));
            }
        }
        seen.forEach(path -> checkParents(zip, path, files));
    }

    private static void checkParents(Path zip, String path, Set<String> files) {
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            if (files.contains(path.substring(0, slash))) {
                throw refused(zip, "its entry \"" + printable(path) + "\" lies within a file");
            }
        }
    }

    private static String problem(ZipDirectory.Entry entry, String path) {
        if (entry.encrypted()) {
            return "stands for encrypted bytes";
        }
        boolean plain = entry.fileType() == 0 || entry.fileType() == ZipDirectory.Entry.REGULAR
            || entry.fileType() == ZipDirectory.Entry.FOLDER && entry.name().endsWith("/");
        return plain ? EntryName.problem(path) : "stands for a link or a special file";
    }

    /** Two readers that see different entries would let one be checked and the other unpacked. */
    private void checkSameNames(Path zip, ZipFile file) throws IOException {
        List<String> checked = ZipDirectory.read(zip).stream().map(ZipDirectory.Entry::name).sorted().toList();
        List<String> unpacked = file.stream().map(ZipEntry::getName).sorted().toList();
        if (!checked.equals(unpacked)) {
            throw refused(zip, "its list of entries is ambiguous");
        }
    }

    private void unpack(Path zip, ZipFile file, Path folder) throws IOException {
        long allowed = Math.min(mostBytes, Math.max(SMALL, Files.size(zip) * mostRatio));
        byte[] chunk = new byte[CHUNK];
        Enumeration<? extends ZipEntry> entries = file.entries();
        while (entries.hasMoreElements()) {
            ZipEntry entry = entries.nextElement();
            Path target = folder.resolve(withoutSlash(entry.getName()));
            if (entry.isDirectory()) {
                Files.createDirectories(target);
                continue;
            }
            Files.createDirectories(target.getParent());
            try (InputStream in = file.getInputStream(entry); OutputStream out = Files.newOutputStream(target)) {
                for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                    allowed -= count;
                    if (allowed < 0) {
                        throw refused(zip, "it unpacks to far more than its size, as a zip bomb does");
                    }
                    out.write(chunk, 0, count);
                }
            }
        }
    }

    private static String withoutSlash(String name) {
        return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }

    private static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    private static String printable(String name) {
        String shown = name.replaceAll("\\p{Cntrl}", "?");
        return shown.length() > 80 ? shown.substring(0, 80) + "..." : shown;
    }

    private static UsageException refused(Path zip, String why) {
        return new UsageException("Refused " + zip + ": " + why + ". Get the package again from a source that you trust.");
    }
}
