package io.github.lesionj.host;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;

/**
 * Loads LesionJ anew, twice, as ImageJ does when its menus are refreshed, and starts the engine each time.
 *
 * <p>Argument: the class path of LesionJ and what it needs of Fiji; ImageJ itself stays where it is.
 */
public final class RefreshedMenus {

    private RefreshedMenus() {
    }

    public static void main(String[] arguments) throws Exception {
        URL[] jars = Arrays.stream(arguments[0].split(File.pathSeparator)).map(RefreshedMenus::url).toArray(URL[]::new);
        for (int i = 0; i < 2; i++) {
            URLClassLoader plugins = new URLClassLoader(jars, RefreshedMenus.class.getClassLoader());
            Thread.currentThread().setContextClassLoader(plugins);
            plugins.loadClass("io.github.lesionj.host.EngineReports").getMethod("main", String[].class)
                .invoke(null, (Object) new String[] {"1"});
        }
    }

    private static URL url(String path) {
        try {
            return new File(path).toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(path, e);
        }
    }
}
