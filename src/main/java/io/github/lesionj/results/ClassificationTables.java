package io.github.lesionj.results;

import io.github.lesionj.core.Csv;
import io.github.lesionj.core.WholeFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** {@code results.csv} of classified items, with the further columns that a run adds. */
final class ClassificationTables implements ItemTables<Classification> {

    private static final String RESULTS = "results.csv";

    private final List<String> classNames;
    private final ResultCsv journal;
    private final Map<String, Function<ItemKey, String>> columns = new LinkedHashMap<>();

    ClassificationTables(List<String> classNames) {
        this.classNames = List.copyOf(classNames);
        this.journal = ResultCsv.full(classNames);
    }

    void column(String name, Function<ItemKey, String> value) {
        columns.put(name, value);
    }

    @Override
    public ItemKey item(Classification row) {
        return row.item();
    }

    @Override
    public String journalName() {
        return ".lesionj-unfinished.csv";
    }

    @Override
    public String journalHeader() {
        return Csv.line(journal.header());
    }

    @Override
    public String journalLine(Classification row) {
        return Csv.line(journal.fields(row));
    }

    @Override
    public List<Classification> readJournal(Path file) {
        return ResultCsv.parse(Csv.read(file), classNames);
    }

    @Override
    public String listing() {
        return RESULTS;
    }

    @Override
    public List<String> names() {
        return List.of(RESULTS);
    }

    @Override
    public List<Classification> read(Path folder) {
        return ResultCsv.parse(Csv.read(folder.resolve(RESULTS)), classNames);
    }

    @Override
    public void write(Path folder, List<Classification> rows) {
        WholeFile.write(folder.resolve(RESULTS), ResultCsv.fitting(classNames, rows).text(rows, columns));
    }
}
