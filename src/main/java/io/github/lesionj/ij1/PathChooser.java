package io.github.lesionj.ij1;

import ij.io.OpenDialog;
import io.github.lesionj.commands.CommandKey;
import java.awt.Component;
import java.io.File;
import java.util.Optional;
import javax.swing.JFileChooser;

/** Lets the user choose the file or folder of a key. */
final class PathChooser {

    private PathChooser() {
    }

    /** @param present the path in the field, where the choice begins; may be empty */
    static Optional<String> choose(Component parent, CommandKey key, String present) {
        JFileChooser chooser = new JFileChooser(start(present));
        chooser.setDialogTitle(key.label());
        chooser.setFileSelectionMode(mode(key));
        int answer = key.hasStyle("save") ? chooser.showSaveDialog(parent) : chooser.showOpenDialog(parent);
        return answer == JFileChooser.APPROVE_OPTION ? Optional.of(chooser.getSelectedFile().getPath()) : Optional.empty();
    }

    private static File start(String present) {
        File file = new File(present);
        if (!present.isEmpty() && file.exists()) {
            return file;
        }
        String folder = OpenDialog.getDefaultDirectory();
        return folder == null ? null : new File(folder);
    }

    private static int mode(CommandKey key) {
        if (key.hasStyle("directory")) {
            return JFileChooser.DIRECTORIES_ONLY;
        }
        boolean fileOnly = key.hasStyle("file") || key.hasStyle("open") || key.hasStyle("save")
            || key.type() == File.class && !key.hasStyle("both");
        return fileOnly ? JFileChooser.FILES_ONLY : JFileChooser.FILES_AND_DIRECTORIES;
    }
}
