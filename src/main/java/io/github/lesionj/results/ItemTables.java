package io.github.lesionj.results;

import java.nio.file.Path;
import java.util.List;

/**
 * How the items of a run stand on disk: while it runs, each as a line of a journal; afterwards in the tables of the result folder.
 *
 * @param <R> what is known of a finished item
 */
interface ItemTables<R> {

    ItemKey item(R row);

    /** Name of the journal, hidden. */
    String journalName();

    /** What the journal begins with, lines with their ends. */
    String journalHeader();

    /** An item as one line, with its end, nothing lost. */
    String journalLine(R row);

    /** The items of a journal that ends with a whole line. */
    List<R> readJournal(Path journal);

    /** The table that has a row for each finished item, which tells whether there are any. */
    String listing();

    /** Every table of a finished run, none of which a run of other settings may overwrite. */
    List<String> names();

    /** The items in the tables of a finished run; the listing is there. */
    List<R> read(Path folder);

    /** Writes the tables, each whole. */
    void write(Path folder, List<R> rows);
}
