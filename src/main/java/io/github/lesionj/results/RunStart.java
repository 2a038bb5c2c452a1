package io.github.lesionj.results;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run begins with, in a result folder or without one. Whoever takes it closes the journal and the lock.
 *
 * @param identity      what must agree to continue an earlier run
 * @param tables        how its items stand on disk
 * @param ledger        empty but for the identity
 * @param folder        null without one, then lock and journal too
 * @param lock          keeps other runs out
 * @param journal       holds what is known already
 * @param earlierStatus how an earlier run ended, where there was one
 * @param earlier       what it finished
 */
record RunStart<R>(RunIdentity identity, ItemTables<R> tables, Ledger ledger, ResultFolder folder, FolderLock lock, Journal<R> journal,
        Optional<RunStatus> earlierStatus, Map<ItemKey, R> earlier) {

    /**
     * Begins a run, or continues an earlier one of the same identity.
     *
     * @param output result folder, made where missing; null: nothing is written
     * @param input  file or folder that is read; null where it is no file
     * @throws io.github.lesionj.core.UsageException where the folder is the input or lies in it, is in use by another
     *         run, or holds results from other settings (says which)
     */
    static <R> RunStart<R> of(Path output, Path input, RunIdentity identity, ItemTables<R> tables) {
        Ledger ledger = new Ledger(identity);
        if (output == null) {
            return new RunStart<>(identity, tables, ledger, null, null, null, Optional.empty(), Map.of());
        }
        ResultFolder.check(output, input);
        ResultFolder folder = new ResultFolder(output);
        folder.create();
        FolderLock lock = FolderLock.of(output);
        RunStart<R> start = null;
        try {
            start = in(folder, lock, ledger, identity, tables);
            return start;
        } finally {
            if (start == null) {
                lock.close();
            }
        }
    }

    private static <R> RunStart<R> in(ResultFolder folder, FolderLock lock, Ledger ledger, RunIdentity identity, ItemTables<R> tables) {
        Optional<RunStatus> earlierStatus = folder.earlierStatus();
        Map<ItemKey, R> earlier = folder.earlier(identity, tables);
        Journal<R> journal = Journal.begin(folder.root(), tables, List.copyOf(earlier.values()));
        boolean begun = false;
        try {
            folder.writeLedger(ledger, RunStatus.RUNNING, null);
            begun = true;
            return new RunStart<>(identity, tables, ledger, folder, lock, journal, earlierStatus, earlier);
        } finally {
            if (!begun) {
                journal.close();
            }
        }
    }
}
