package io.github.lesionj.results;

import io.github.lesionj.core.Json;
import io.github.lesionj.core.LesionJException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scijava.util.VersionUtils;

/**
 * What a run did and with what: the content of {@code run.json}. Thread-safe.
 *
 * <p>At the end planned = reused + predicted + failed, or the run is in error; a run that was cancelled or ended by an
 * error may have planned more.
 */
public final class Ledger {


    private final RunIdentity identity;
    private final Instant started = Instant.now();
    private final Map<String, Long> stageNanos = new LinkedHashMap<>();
    private final Map<String, List<String>> remarks = new LinkedHashMap<>();
    private final Map<String, Object> pixelSizes = new LinkedHashMap<>();
    private final Map<String, Object> facts = new LinkedHashMap<>();
    private long planned;
    private long reused;
    private long read;
    private long predicted;
    private long failed;

    public Ledger(RunIdentity identity) {
        this.identity = identity;
    }

    /** Adds items that the run means to finish. */
    public synchronized void plan(long items) {
        planned += items;
    }

    /** One item's pixels were read. */
    public synchronized void countRead() {
        read++;
    }

    synchronized void countReused() {
        reused++;
    }

    synchronized void countPredicted() {
        predicted++;
    }

    synchronized void countFailed() {
        failed++;
    }

    public synchronized long planned() {
        return planned;
    }

    public synchronized long reused() {
        return reused;
    }

    public synchronized long predicted() {
        return predicted;
    }

    public synchronized long failed() {
        return failed;
    }

    /**
     * What predicted.
     *
     * @param engine     name and version, such as {@code DJL 0.36.0}
     * @param tensorFlow version of the native library
     * @param device     that was really used
     * @param reason     why that device
     */
    public synchronized void engine(String engine, String tensorFlow, String device, String reason) {
        facts.put("engine", engine);
        facts.put("native_version", tensorFlow);
        facts.put("device", device);
        facts.put("device_reason", reason);
    }

    /** Any other fact a reader of the ledger should know, such as {@code one_dnn} or {@code batch_used}. */
    public synchronized void fact(String key, Object plainValue) {
        facts.put(key, plainValue);
    }

    /**
     * Size of an image's pixels.
     *
     * @param image  path of the image
     * @param x      micrometres, or NaN where not known
     * @param y      micrometres, or NaN where not known
     * @param source where the numbers came from, such as {@code file} or {@code key um_per_px}
     */
    public synchronized void pixelSize(String image, double x, double y, String source) {
        Map<String, Object> size = new LinkedHashMap<>();
        size.put("x", finite(x));
        size.put("y", finite(y));
        size.put("source", source);
        pixelSizes.put(image, size);
    }

    /** A sentence about one item that its reader should know. */
    public synchronized void remark(String item, String sentence) {
        List<String> sentences = remarks.computeIfAbsent(item, key -> new ArrayList<>());
        if (!sentences.contains(sentence)) {
            sentences.add(sentence);
        }
    }

    /** Adds time spent in a stage, such as read, prepare, predict, write; stages of several threads overlap. */
    public synchronized void time(String stage, long nanos) {
        stageNanos.merge(stage, nanos, Long::sum);
    }

    /** Takes the time of a stage until it is closed. */
    public Stage stage(String name) {
        long begin = System.nanoTime();
        return () -> time(name, System.nanoTime() - begin);
    }

    /** A stage whose time is being taken. */
    @FunctionalInterface
    public interface Stage extends AutoCloseable {
        @Override
        void close();
    }

    /** How a run that came to its end stands. */
    synchronized RunStatus outcome() {
        if (planned != reused + predicted + failed) {
            throw new LesionJException(String.format("The run planned %d items but finished %d (%d reused, %d predicted, "
                + "%d failed); please report this as a defect of LesionJ.", planned, reused + predicted + failed, reused,
                predicted, failed));
        }
        if (failed == 0) {
            return RunStatus.DONE;
        }
        return failed == planned ? RunStatus.FAILED : RunStatus.PARTIAL;
    }

    /** The ledger as JSON. */
    public synchronized String toJson(RunStatus status, String error) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", VersionUtils.getVersion(Ledger.class));
        json.put("status", status.key());
        json.put("error", error);
        json.putAll(IdentityJson.toMap(identity));
        json.put("seed", identity.keys().get("seed"));
        json.putAll(facts);
        json.put("planned", planned);
        json.put("reused", reused);
        json.put("read", read);
        json.put("predicted", predicted);
        json.put("failed", failed);
        json.put("um_per_px", pixelSizes);
        json.put("timings_s", timings());
        PeakMemory memory = PeakMemory.now();
        json.put("peak_memory_mb", memory.megabytes());
        json.put("peak_memory_of", memory.of());
        json.put("remarks", remarks);
        json.put("java", System.getProperty("java.version"));
        json.put("started", started.truncatedTo(ChronoUnit.SECONDS).toString());
        json.put("ended", status == RunStatus.RUNNING ? null : Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        return Json.pretty(json);
    }

    private Map<String, Double> timings() {
        Map<String, Double> seconds = new LinkedHashMap<>();
        stageNanos.forEach((stage, nanos) -> seconds.put(stage, Math.rint(nanos / 1e6) / 1e3));
        return seconds;
    }

    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
