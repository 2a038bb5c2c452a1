package io.github.lesionj.ij1;

import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;

/**
 * Hears of every change of a text.
 *
 * @param heard called for each; a text that is replaced changes twice
 */
record TextListener(Runnable heard) implements DocumentListener {

    @Override
    public void insertUpdate(DocumentEvent event) {
        heard.run();
    }

    @Override
    public void removeUpdate(DocumentEvent event) {
        heard.run();
    }

    @Override
    public void changedUpdate(DocumentEvent event) {
        // fonts and colours
    }
}
