package io.github.lesionj.cli;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.lesionj.commands.LesionCommand;
import io.github.lesionj.commands.TrainClassifierCommand;
import io.github.lesionj.core.ExitStatus;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleService;

/**
 * What a training waits for its images, and how much Java heap its data set takes: {@code Train Classifier...} for one epoch
 * over a table of any length. Prints one JSON line. Started by {@code bin/bench input}, a process for each line.
 */
public final class InputBench {

    /** Milliseconds between two full collections, after which what is still used is really needed. */
    private static final long INTERVAL = 1000;

    private InputBench() {
    }

    /**
     * {@code FOLDER ROWS WORK LIVE KEY=VALUE...}: a folder per class; rows of the table, which names files of the folder, and
     * hard links to them in WORK where it must be longer; whether live heap is measured, which costs time; keys of the command.
     */
    public static void main(String[] arguments) throws Exception {
        Path work = Files.createDirectories(Path.of(arguments[2]));
        int rows = Integer.parseInt(arguments[1]);
        Path table = table(Path.of(arguments[0]), rows, work);
        List<Object> keys = new ArrayList<>(List.of("data", table.toString(), "output", work.resolve("output-" + rows).toString(),
            "epochs", "1", "resume", "no", "model_name", "bench-input"));
        for (String pair : List.of(arguments).subList(4, arguments.length)) {
            keys.addAll(List.of(pair.split("=", 2)));
        }
        PrintStream out = System.out;
        System.setOut(System.err);
        LiveHeap heap = new LiveHeap();
        if (Boolean.parseBoolean(arguments[3])) {
            heap.start();
        }
        long start = System.nanoTime();
        train(keys);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("benchmark", "input");
        line.put("rows", rows);
        line.put("keys", List.of(arguments).subList(4, arguments.length));
        line.put("seconds", (System.nanoTime() - start) / 1e9);
        JsonObject times = JsonParser.parseString(Files.readString(work.resolve("output-" + rows).resolve("run.json"))).getAsJsonObject()
            .getAsJsonObject("timings_s");
        line.put("train_s", times.get("train").getAsDouble());
        line.put("wait_s", times.get("wait_for_input").getAsDouble());
        line.put("wait_share", times.get("wait_for_input").getAsDouble() / times.get("train").getAsDouble());
        line.put("largest_live_heap_mb", heap.isAlive() ? heap.largest() : null);
        line.put("heap_limit_mb", Runtime.getRuntime().maxMemory() >> 20);
        line.put("threads", Runtime.getRuntime().availableProcessors());
        out.println(new Gson().toJson(line));
        System.exit(0);
    }

    private static void train(List<Object> keys) throws Exception {
        try (Context context = new Context()) {
            LesionCommand ended = (LesionCommand) context.service(ModuleService.class).run(
                context.service(CommandService.class).getCommand(TrainClassifierCommand.class), true, keys.toArray()).get();
            if (ended.status().orElseThrow() != ExitStatus.DONE) {
                throw new IllegalStateException(ended.failure().orElse("the training was not done"));
            }
        }
    }

    private static Path table(Path folder, int rows, Path work) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(file -> file.toString().endsWith(".png")).sorted().forEach(files::add);
        }
        StringBuilder text = new StringBuilder("path,label\n");
        for (int i = 0; i < rows; i++) {
            Path file = files.get((int) ((long) i * 7919 % files.size()));
            Path listed = i < files.size() ? file : work.resolve("links").resolve(i / 1000 + "/" + i + ".png");
            if (!Files.exists(listed)) {
                Files.createDirectories(listed.getParent());
                Files.createLink(listed, file);
            }
            text.append(listed.toAbsolutePath()).append(',').append(file.getParent().getFileName()).append('\n');
        }
        return Files.writeString(work.resolve("rows-" + rows + ".csv"), text);
    }

    /** Looks at the heap after full collections. */
    private static final class LiveHeap extends Thread {

        private volatile long largest;

        LiveHeap() {
            super("live-heap");
            setDaemon(true);
        }

        @Override
        public void run() {
            while (true) {
                System.gc();
                largest = Math.max(largest, used());
                try {
                    Thread.sleep(INTERVAL);
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        /** As the last collection left it: what came since may be garbage already. */
        private static long used() {
            return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage).filter(Objects::nonNull).mapToLong(MemoryUsage::getUsed).sum();
        }

        long largest() {
            return largest >> 20;
        }
    }
}
