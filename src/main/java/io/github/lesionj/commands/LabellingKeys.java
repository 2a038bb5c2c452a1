package io.github.lesionj.commands;

import java.awt.Component;
import java.awt.KeyEventDispatcher;
import java.awt.Window;
import java.awt.event.KeyEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.swing.SwingUtilities;

/**
 * The keys of the labelling window. It hears them before any component does, so that ImageJ, whose shortcuts are single
 * keys too, gets none of them but those with Ctrl, Alt or Command and those that zoom.
 */
final class LabellingKeys implements KeyEventDispatcher {

    private static final Set<Integer> ZOOM = Set.of(KeyEvent.VK_PLUS, KeyEvent.VK_ADD, KeyEvent.VK_EQUALS, KeyEvent.VK_MINUS,
        KeyEvent.VK_SUBTRACT);
    private static final String ZOOM_CHARACTERS = "+-=";

    private final LabellingWindow window;
    /** A held key repeats itself: under X as releases, each followed by a press within this many ms. */
    private static final long REPEATS_WITHIN = 2;
    /** The release of a key that is held when the window loses the keyboard is heard by nobody. */
    private static final long FORGOTTEN_AFTER = 2000;

    /** When each key was last heard, pressed or released. */
    private final Map<Integer, Long> pressed = new HashMap<>();
    private final Map<Integer, Long> released = new HashMap<>();

    LabellingKeys(LabellingWindow window) {
        this.window = window;
    }

    @Override
    public boolean dispatchKeyEvent(KeyEvent event) {
        if (!window.isFrame(windowOf(event.getComponent())) || isImageJs(event)) {
            return false;
        }
        if (event.getID() == KeyEvent.KEY_RELEASED) {
            pressed.remove(event.getKeyCode());
            released.put(event.getKeyCode(), event.getWhen());
        } else if (event.getID() == KeyEvent.KEY_PRESSED && isFresh(event) && window.hears(event.getWhen())) {
            act(event);
        }
        return true;
    }

    /** Whether it is a press of its own: a key that is held down gives one class to one image. */
    private boolean isFresh(KeyEvent event) {
        Long before = pressed.put(event.getKeyCode(), event.getWhen());
        boolean held = before != null && event.getWhen() - before < FORGOTTEN_AFTER;
        return !held && event.getWhen() - released.getOrDefault(event.getKeyCode(), 0L) > REPEATS_WITHIN;
    }

    private static Object windowOf(Component component) {
        return component instanceof Window ? component : SwingUtilities.getWindowAncestor(component);
    }

    private static boolean isImageJs(KeyEvent event) {
        return event.isControlDown() || event.isAltDown() || event.isMetaDown() || ZOOM.contains(event.getKeyCode())
            || event.getID() == KeyEvent.KEY_TYPED && ZOOM_CHARACTERS.indexOf(event.getKeyChar()) >= 0;
    }

    private void act(KeyEvent event) {
        int digit = digit(event);
        if (digit > 0) {
            window.label(digit - 1);
            return;
        }
        switch (event.getKeyCode()) {
            case KeyEvent.VK_BACK_SPACE, KeyEvent.VK_U -> window.undo();
            case KeyEvent.VK_RIGHT, KeyEvent.VK_KP_RIGHT, KeyEvent.VK_SPACE -> window.next();
            case KeyEvent.VK_LEFT, KeyEvent.VK_KP_LEFT -> window.previous();
            default -> { }
        }
    }

    // On a French keyboard the digits are on the same keys, but only with Shift.
    private static int digit(KeyEvent event) {
        int code = event.getKeyCode();
        if (code >= KeyEvent.VK_1 && code <= KeyEvent.VK_9) {
            return code - KeyEvent.VK_0;
        }
        if (code >= KeyEvent.VK_NUMPAD1 && code <= KeyEvent.VK_NUMPAD9) {
            return code - KeyEvent.VK_NUMPAD0;
        }
        char typed = event.getKeyChar();
        return typed >= '1' && typed <= '9' ? typed - '0' : 0;
    }
}
