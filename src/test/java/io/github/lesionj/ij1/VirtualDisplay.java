package io.github.lesionj.ij1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** An X server without a screen, on a display number that it chooses itself. */
final class VirtualDisplay implements AutoCloseable {

    private final Process server;
    private final String number;

    private VirtualDisplay(Process server, String number) {
        this.server = server;
        this.number = number;
    }

    /** Starts Xvfb; the test is skipped where it is not installed. */
    static VirtualDisplay open() throws IOException {
        Process server = null;
        try {
            server = new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp")
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            Assumptions.abort("Xvfb is not installed, so no dialog can be opened: " + e.getMessage());
        }
        String number = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII)).readLine();
        Assumptions.assumeTrue(number != null, "Xvfb does not start here, so no dialog can be opened");
        return new VirtualDisplay(server, ":" + number.strip());
    }

    String number() {
        return number;
    }

    @Override
    public void close() throws InterruptedException {
        server.destroy();
        server.waitFor(5, TimeUnit.SECONDS);
    }
}
