package io.github.lesionj.dataset;

import io.github.lesionj.core.LabelKind;
import java.util.List;

/** What a data set shows of its labels. */
final class Labels {

    private Labels() {
    }

    /** Multi-label where an item has several labels, else by the number of classes. */
    static LabelKind kind(List<LabelledItem> items, List<String> classNames) {
        if (items.stream().anyMatch(item -> item.labels().size() > 1)) {
            return LabelKind.MULTI_LABEL;
        }
        return classNames.size() > 2 ? LabelKind.MULTI_CLASS : LabelKind.BINARY;
    }
}
