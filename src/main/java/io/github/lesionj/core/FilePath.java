package io.github.lesionj.core;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Paths of files that are named after something. */
public final class FilePath {

    private static final Pattern FORBIDDEN = Pattern.compile("[<>:\"|?*\\\\\\p{Cntrl}]");
    /** Bytes that leave room for a suffix and for the temporary name within the 255 that file systems allow. */
    private static final int LONGEST_NAME = 180;

    private FilePath() {
    }

    /**
     * A path with {@code /} as a relative one that stays inside a folder and that every file system accepts. Names that are fine
     * stay as they are; where one must change, a checksum keeps it apart from others.
     */
    public static String of(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/")) {
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(safe(part));
            }
        }
        return parts.isEmpty() ? "image" : String.join("/", parts);
    }

    private static String safe(String name) {
        String safe = name.equals("..") ? "__" : FORBIDDEN.matcher(name).replaceAll("_");
        safe = safe.endsWith(".") || safe.endsWith(" ") ? safe.substring(0, safe.length() - 1) + "_" : safe;
        boolean tooLong = safe.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME;
        if (safe.equals(name) && !tooLong || name.equals("..")) {
            return safe;
        }
        while (safe.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            safe = safe.substring(0, safe.offsetByCodePoints(safe.length(), -1));
        }
        return safe + "-" + Integer.toHexString(name.hashCode());
    }
}
