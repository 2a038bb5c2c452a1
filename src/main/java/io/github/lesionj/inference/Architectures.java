package io.github.lesionj.inference;

import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.network.Architecture;
import io.github.lesionj.runtime.ArchitectureInfo;
import java.util.Comparator;
import java.util.List;
import org.scijava.InstantiableException;
import org.scijava.plugin.DefaultPluginFinder;
import org.scijava.plugin.PluginIndex;
import org.scijava.plugin.PluginInfo;

/** The architectures that can be trained, ours and those of foreign jars, found by annotation with the wall's loader. */
final class Architectures {

    private final List<PluginInfo<Architecture>> found;

    Architectures() {
        ClassLoader loader = Architectures.class.getClassLoader();
        PluginIndex index = new PluginIndex(new DefaultPluginFinder(loader));
        index.discover();
        found = index.getPlugins(Architecture.class).stream()
            .map(Architectures::typed).sorted(Comparator.comparing(PluginInfo::getName)).toList();
    }

    @SuppressWarnings("unchecked")
    private static PluginInfo<Architecture> typed(PluginInfo<?> info) {
        return (PluginInfo<Architecture>) info;
    }

    List<ArchitectureInfo> list() {
        return found.stream().map(info -> new ArchitectureInfo(info.getName(), info.getDescription(), family(info))).toList();
    }

    private static String family(PluginInfo<?> info) {
        return info.is("family") ? info.get("family") : ArchitectureInfo.IMAGE;
    }

    /** A new instance of the architecture of that name. */
    Architecture create(String name) {
        PluginInfo<Architecture> info = found.stream().filter(candidate -> candidate.getName().equals(name)).findFirst()
            .orElseThrow(() -> new UsageException("architecture=" + name + " is not known; there are "
                + String.join(", ", found.stream().map(PluginInfo::getName).toList()) + "."));
        try {
            return info.createInstance();
        } catch (InstantiableException e) {
            throw new LesionJException("The architecture " + name + " of " + info.getLocation() + " cannot be made: "
                + e.getMessage() + ".", e);
        }
    }
}
