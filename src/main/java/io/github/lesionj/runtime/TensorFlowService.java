package io.github.lesionj.runtime;

import org.scijava.plugin.Plugin;
import org.scijava.service.AbstractService;
import org.scijava.service.SciJavaService;
import org.scijava.service.Service;

/**
 * Owns the TensorFlow engine of an application: raises the wall when first asked, closes it with the context.
 *
 * <p>Thread-safe. One engine serves all commands; the native library itself stays in the process until it ends.
 */
@Plugin(type = Service.class)
public final class TensorFlowService extends AbstractService implements SciJavaService {

    private Backend backend;

    /** The backend; the first call loads its classes (some milliseconds), not yet the native library. */
    public synchronized Backend backend() {
        if (backend == null) {
            backend = Wall.raise(AppFolder.find(), EngineOptions.ofProcess(), TensorFlowService.class.getClassLoader());
        }
        return backend;
    }

    @Override
    public synchronized void dispose() {
        if (backend != null) {
            backend.close();
            backend = null;
        }
    }
}
