package io.github.lesionj.network.weights;

import io.github.lesionj.core.UsageException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * From the names in a file to a network's own. Ours are torchvision's, and timm's for the same networks; what differs is what
 * tools put in front of them, and how torchvision named a dense net's layers before 2018.
 */
final class TorchNames {

    /** Of parallel training, of Lightning's and other modules that hold a network. */
    private static final List<String> PREFIXES = List.of("module.", "model.", "backbone.");
    private static final Pattern OLD_DENSE_LAYER = Pattern.compile("(\\.denselayer\\d+\\.(?:norm|conv))\\.([12]\\.)");
    /** PyTorch counts batches for averages that we do not have. */
    private static final String COUNTER = ".num_batches_tracked";

    private final Map<String, String> ours = new LinkedHashMap<>();
    private final Map<String, Integer> prefixes = new TreeMap<>();

    /**
     * Names of a file beside those of a network.
     *
     * @param names in the file
     * @param known the network's variables
     * @throws UsageException when two of the file's are the same to us
     */
    TorchNames(Iterable<String> names, Set<String> known) {
        Map<String, String> taken = new LinkedHashMap<>();
        for (String name : names) {
            String own = own(name, known);
            String other = taken.putIfAbsent(own, name);
            if (other != null) {
                throw new UsageException("The weights hold both " + other + " and " + name + ", which are the same to the network"
                    + ": keep one of them.");
            }
            ours.put(name, own);
        }
    }

    /** Of each name in the file, what the network calls it. */
    Map<String, String> ours() {
        return ours;
    }

    /** What was taken off the front of names, and how often. */
    Map<String, Integer> prefixes() {
        return prefixes;
    }

    static boolean isCounter(String name) {
        return name.endsWith(COUNTER);
    }

    static String counter(String runningVariance) {
        return runningVariance.substring(0, runningVariance.lastIndexOf('.')) + COUNTER;
    }

    private String own(String name, Set<String> known) {
        String bare = OLD_DENSE_LAYER.matcher(name).replaceFirst("$1$2");
        int start = 0;
        while (!known.contains(bare.substring(start)) && hasPrefix(bare, start)) {
            start = bare.indexOf('.', start) + 1;
        }
        if (start > 0) {
            prefixes.merge(bare.substring(0, start), 1, Integer::sum);
        }
        return bare.substring(start);
    }

    private static boolean hasPrefix(String name, int start) {
        return PREFIXES.stream().anyMatch(prefix -> name.startsWith(prefix, start));
    }
}
