package dev.isogloss.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvailableMemoryTest {
    @TempDir
    Path root;

    @Test
    void without_a_container_it_is_what_the_machine_has_left() throws IOException {
        write("proc/meminfo", "MemTotal: 800 kB\nMemFree: 10 kB\nMemAvailable:     300 kB\n");
        assertThat(AvailableMemory.bytes(root)).isEqualTo(300 * 1024);

        write("sys/fs/cgroup/memory.max", "max\n");
        write("sys/fs/cgroup/memory.current", "1000\n");
        assertThat(AvailableMemory.bytes(root)).isEqualTo(300 * 1024);
    }

    @Test
    void a_containers_limit_counts_and_pages_of_files_are_given_up() throws IOException {
        write("proc/meminfo", "MemAvailable:     300 kB\n");
        write("sys/fs/cgroup/memory.max", "10000\n");
        write("sys/fs/cgroup/memory.current", "9000\n");
        write("sys/fs/cgroup/memory.stat", "anon 5000\nfile 4000\ninactive_file 3000\nactive_file 500\n");

        assertThat(AvailableMemory.bytes(root)).isEqualTo(10000 - 9000 + 3500);
    }

    @Test
    void control_groups_of_the_first_version_say_it_in_other_words() throws IOException {
        write("proc/meminfo", "MemAvailable:     300 kB\n");
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "10000\n");
        write("sys/fs/cgroup/memory/memory.usage_in_bytes", "9000\n");
        write(
                "sys/fs/cgroup/memory/memory.stat",
                "inactive_file 1\nactive_file 1\ntotal_inactive_file 3000\ntotal_active_file 500\n");

        assertThat(AvailableMemory.bytes(root)).isEqualTo(10000 - 9000 + 3500);
    }

    @Test
    void a_group_that_is_above_its_limit_has_nothing_left() throws IOException {
        write("sys/fs/cgroup/memory.max", "10000\n");
        write("sys/fs/cgroup/memory.current", "12000\n");

        assertThat(AvailableMemory.bytes(root)).isZero();
    }

    @Test
    void a_system_that_does_not_tell_sets_no_limit() {
        assertThat(AvailableMemory.bytes(root)).isEqualTo(Long.MAX_VALUE);
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
