package dev.isogloss.trainer.data;

import java.nio.file.Path;
import java.util.Map;

/// The folders that volume claims stand for.
///
/// @param folders  by the claim's name: as `--claim` says, or where a pod has them mounted
/// @param confined whether only what lies inside a claim's own folder is read from it. Others may write to a claim,
///     and a link in it may lead to what the pod alone can read (its environment, with keys); messages quote files,
///     and statuses show messages. On one's own machine data is linked in from other disks on purpose
public record ClaimFolders(Map<String, Path> folders, boolean confined) {

    public ClaimFolders {
        folders = Map.copyOf(folders);
    }

    /// Folders of one's own machine.
    public static ClaimFolders withLinks(Map<String, Path> folders) {
        return new ClaimFolders(folders, false);
    }

    /// Folders that others write to.
    public static ClaimFolders confined(Map<String, Path> folders) {
        return new ClaimFolders(folders, true);
    }
}
