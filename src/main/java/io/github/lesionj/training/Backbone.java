package io.github.lesionj.training;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.network.NetworkGraph;
import io.github.lesionj.network.ResourceVariables;
import io.github.lesionj.runtime.StartSettings;
import io.github.lesionj.runtime.TrainingPlan;
import java.util.List;

/** Which variables learn, and how fast: the head at the full rate, the backbone as the plan says. */
final class Backbone {

    private final StartSettings start;
    private final NetworkGraph network;

    private Backbone(StartSettings start, NetworkGraph network) {
        this.start = start;
        this.network = network;
    }

    /**
     * Tells head and backbone apart.
     *
     * @param network whose variables these are
     * @throws UsageException where the plan treats them differently, but the architecture names no head, or nothing else
     */
    static Backbone of(TrainingPlan plan, NetworkGraph network, ResourceVariables variables) {
        StartSettings start = plan.settings().start();
        boolean same = !start.backboneFrozen() && start.backboneRate() == 1;
        List<ResourceVariables.Entry> trained = variables.trained();
        long head = trained.stream().filter(entry -> network.isHead(entry.spec().name())).count();
        if (!same && (head == 0 || head == trained.size())) {
            throw new UsageException("The architecture " + plan.network().architecture() + (head == 0 ? " does not say which of its "
                + "layers are its head" : " has nothing but a head") + ", so its backbone cannot be trained apart: leave "
                + (start.backboneFrozen() ? "backbone=freeze" : "backbone_rate") + " off, or take another architecture.");
        }
        return new Backbone(start, network);
    }

    /** Whether a variable stays as it is; of a batch normalisation its statistics too. */
    boolean isFrozen(String variable) {
        return start.backboneFrozen() && !network.isHead(variable);
    }

    /** Factor of the learning rate. */
    double rate(ResourceVariables.Entry variable) {
        return network.isHead(variable.spec().name()) ? 1 : start.backboneRate();
    }
}
