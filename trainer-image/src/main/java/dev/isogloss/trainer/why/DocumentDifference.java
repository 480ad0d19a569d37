package dev.isogloss.trainer.why;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// What sets a step's key document apart from a stored one, apart from steps that it reads and that have moved.
final class DocumentDifference {
    private final UnaryOperator<String> former;
    private final Predicate<String> moved;
    private final List<FieldChange> changes = new ArrayList<>();

    private DocumentDifference(UnaryOperator<String> former, Predicate<String> moved) {
        this.former = former;
        this.moved = moved;
    }

    /// @param former the key of what a step that has moved was before
    /// @param moved  true of a key that is in the plan and not in the store: it has a reason of its own
    /// @return in the order of the fields' names
    static List<FieldChange> of(
            KeyDocument stored, KeyDocument planned, UnaryOperator<String> former, Predicate<String> moved) {
        DocumentDifference difference = new DocumentDifference(former, moved);
        difference.compare("", stored.tree(), planned.tree());
        return List.copyOf(difference.changes);
    }

    private void compare(String path, @Nullable JsonNode stored, @Nullable JsonNode planned) {
        if (stored == null || planned == null) changes.add(new FieldChange(path, stored, planned));
        else if (stored.isObject() && planned.isObject()) members(path, stored, planned);
        else if (!stored.equals(planned) && !isSameButForMoved(stored, planned)) differ(path, stored, planned);
    }

    private void members(String path, JsonNode stored, JsonNode planned) {
        TreeSet<String> names = new TreeSet<>();
        Stream.of(stored, planned).forEach(each -> each.fieldNames().forEachRemaining(names::add));
        for (String name : names) compare(KeyDocument.inside(path, name), stored.get(name), planned.get(name));
    }

    private void differ(String path, JsonNode stored, JsonNode planned) {
        boolean itemByItem = stored.size() == planned.size()
                && KeyDocument.isListOfLists(stored)
                && KeyDocument.isListOfLists(planned);
        if (!itemByItem) changes.add(new FieldChange(path, stored, planned));
        else for (int i = 0; i < stored.size(); i++) compare(path + "[" + i + "]", stored.get(i), planned.get(i));
    }

    /// True of a step, or as many, that have moved, in the place of what they were before, or of something else.
    private boolean isSameButForMoved(JsonNode stored, JsonNode planned) {
        if (KeyDocument.isKey(stored) && KeyDocument.isKey(planned)) return moved.test(planned.textValue());
        if (!KeyDocument.isListOfKeys(stored) || !KeyDocument.isListOfKeys(planned)) return false;
        List<String> before = new ArrayList<>(texts(stored));
        List<String> now = texts(planned);
        boolean anyMoved = now.stream().anyMatch(moved);
        List<String> others = now.stream()
                .filter(key -> !before.remove(moved.test(key) ? former.apply(key) : key))
                .toList();
        return anyMoved && before.size() == others.size() && others.stream().allMatch(moved);
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }
}
