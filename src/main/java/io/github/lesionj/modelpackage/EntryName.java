package io.github.lesionj.modelpackage;

import java.util.Locale;
import java.util.Set;

/** Rules for names that come from elsewhere and become files here; the strictest of all platforms holds on each. */
final class EntryName {

    private static final int LONGEST = 512;
    private static final Set<String> RESERVED = Set.of("con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5",
        "com6", "com7", "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

    private EntryName() {
    }

    /**
     * Why a relative path with {@code /} must not be used, in a few words.
     *
     * @return null when it may be used
     */
    static String problem(String path) {
        if (path.isEmpty() || path.length() > LONGEST) {
            return path.isEmpty() ? "is empty" : "is too long";
        }
        if (path.startsWith("/")) {
            return "is an absolute path";
        }
        if (path.indexOf('\\') >= 0) {
            return "holds a backslash";
        }
        if (path.indexOf(':') >= 0) {
            return "holds a colon, as a drive letter does";
        }
        if (path.chars().anyMatch(c -> c < 32 || c == 127)) {
            return "holds a control character";
        }
        for (String segment : path.split("/", -1)) {
            String problem = segmentProblem(segment);
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private static String segmentProblem(String segment) {
        if (segment.isEmpty() || segment.equals(".")) {
            return "holds an empty part";
        }
        if (segment.equals("..")) {
            return "leads out of the folder with ..";
        }
        if (segment.endsWith(".") || segment.endsWith(" ")) {
            return "holds a part that ends with a dot or a blank";
        }
        String stem = segment.toLowerCase(Locale.ROOT);
        int dot = stem.indexOf('.');
        return RESERVED.contains(dot < 0 ? stem : stem.substring(0, dot)) ? "holds a name that Windows reserves" : null;
    }
}
