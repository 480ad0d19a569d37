package dev.isogloss.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.launcher.Sandbox.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
class LauncherTest {
    @TempDir
    Path folder;

    private Sandbox sandbox;

    @BeforeEach
    void anEmptySandbox() throws IOException {
        sandbox = Sandbox.in(folder);
    }

    @Test
    void without_a_jdk_it_says_so_in_one_sentence() throws Exception {
        Run run = sandbox.run("version");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo("isogloss: needs a JDK 25 or newer; found none. Install one (adoptium.net has them), or set"
                        + " JAVA_HOME to where it is.\n");
    }

    @Test
    void with_old_jdks_it_says_which() throws Exception {
        sandbox.javacOnPath(sandbox.jdk("seventeen", "17.0.15"));
        sandbox.jdk("twenty-one", "21.0.1");
        sandbox.jdk("eight", "1.8.0_452");

        assertThat(sandbox.run("version").err()).startsWith("isogloss: needs a JDK 25 or newer; found only 17 1 21. ");
    }

    @Test
    void java_home_wins_if_it_is_new_enough() throws Exception {
        sandbox.maven();
        sandbox.jdk("elsewhere", "25.0.3");
        sandbox.with("JAVA_HOME", sandbox.jdk("mine", "26-ea"));

        assertThat(sandbox.run("version").out()).startsWith("java of mine\n");
    }

    @Test
    void an_old_java_home_is_passed_over() throws Exception {
        sandbox.maven();
        sandbox.with("JAVA_HOME", sandbox.jdk("old", "17.0.15"));
        sandbox.jdk("newest", "27");
        sandbox.jdk("new", "25.0.3");

        assertThat(sandbox.run("version").out()).startsWith("java of new\n");
    }

    @Test
    void a_javac_on_the_path_is_followed_to_its_jdk() throws Exception {
        sandbox.maven();
        sandbox.jdk("older", "25");
        sandbox.javacOnPath(sandbox.jdk("linked", "26"));

        assertThat(sandbox.run("version").out()).startsWith("java of linked\n");
    }

    @Test
    void without_maven_it_says_so_in_one_sentence() throws Exception {
        sandbox.jdk("new", "25");

        Run run = sandbox.run("version");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("isogloss: needs Maven 3.8 or newer to build itself, and found none.");
    }

    @Test
    void the_program_gets_its_arguments_as_they_were_typed() throws Exception {
        sandbox.maven();
        sandbox.jdk("new", "25");

        Run run = sandbox.with("ISOGLOSS_JAVA_OPTS", "-Xmx8g -Da=b").run("run", "a file.yaml", "*", "");

        assertThat(run.out()).isEqualTo("""
                        java of new
                        @%s/target/launcher/arguments
                        -Xmx8g
                        -Da=b
                        dev.isogloss.trainer.cli.Main
                        run
                        a file.yaml
                        *

                        """.formatted(sandbox.home()));
        assertThat(sandbox.home().resolve("target/launcher/arguments"))
                .hasContent("""
                        --one --two=2
                        -cp
                        "%s/trainer-image/target/isogloss-trainer-1.jar:%s/a.jar"
                        """.formatted(sandbox.home(), sandbox.libraries()));
    }

    @Test
    void it_is_built_once_and_again_when_something_is_newer() throws Exception {
        sandbox.maven();
        sandbox.jdk("new", "25");

        sandbox.run("version");
        Run second = sandbox.run("version");

        assertThat(second.err()).isEmpty();
        assertThat(sandbox.builds())
                .containsExactly("new: --no-transfer-progress -B -Dstyle.color=never -Dquick -Dmaven.test.skip=true -pl"
                        + " trainer-image -am package");

        sandbox.edit("crds/src/main/java/A.java");
        sandbox.run("version");

        assertThat(sandbox.builds()).hasSize(2);
    }

    @Test
    void it_is_built_again_when_a_library_is_gone() throws Exception {
        sandbox.maven();
        sandbox.jdk("new", "25");

        sandbox.run("version");
        Files.delete(sandbox.libraries().resolve("a.jar"));
        Run second = sandbox.run("version");

        assertThat(second.code()).isZero();
        assertThat(sandbox.builds()).hasSize(2);
    }

    @Test
    void a_build_that_fails_shows_its_errors_and_is_tried_again() throws Exception {
        sandbox.maven("echo '[INFO] much'\necho '[ERROR] A.java:[1,1] no such thing'\nexit 1\n");
        sandbox.jdk("new", "25");

        Run run = sandbox.run("version");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("""
                        isogloss: building what is missing or outdated ...
                        [ERROR] A.java:[1,1] no such thing
                        isogloss: cannot build itself; the whole output of Maven is in %s/target/launcher/log.
                        """.formatted(sandbox.home()));
        sandbox.maven();
        assertThat(sandbox.run("version").code()).isZero();
    }

    @Test
    void it_works_through_links_and_from_other_folders() throws Exception {
        sandbox.maven();
        sandbox.jdk("new", "25");
        Path elsewhere = Files.createDirectories(folder.resolve("some where/else"));
        Path absolute = Files.createSymbolicLink(elsewhere.resolve("absolute"), sandbox.launcher());
        Path relative = Files.createSymbolicLink(elsewhere.resolve("relative"), Path.of("absolute"));

        Run run = sandbox.start(elsewhere, relative, "version");

        assertThat(absolute).isSymbolicLink();
        assertThat(run.out()).contains("@" + sandbox.home() + "/target/launcher/arguments");
    }

    @Test
    void test_and_mvn_start_maven_on_the_jdk_and_give_its_exit_code() throws Exception {
        sandbox.maven("exit 7\n");
        sandbox.jdk("new", "25");

        assertThat(sandbox.run("test", "-Dtest=A").code()).isEqualTo(7);
        assertThat(sandbox.run("mvn", "spotless:apply").code()).isEqualTo(7);
        assertThat(sandbox.builds())
                .containsExactly(
                        "new: --no-transfer-progress -B verify -Dtest=A", "new: --no-transfer-progress spotless:apply");
    }

    @Test
    void an_image_is_built_by_maven_and_its_file_and_digest_are_printed() throws Exception {
        sandbox.maven("mkdir -p images/trainer/target\necho sha256:abc > images/trainer/target/jib-image.digest\n");
        sandbox.jdk("new", "25");

        Run run = sandbox.run("image", "build", "--tar", "trainer.tar", "trainer", "-Dtorch=cu124");

        assertThat(run.out()).isEqualTo("%s/trainer.tar\nsha256:abc\n".formatted(folder));
        assertThat(sandbox.builds())
                .containsExactly("new: --no-transfer-progress -B -q -Pimages -Dquick -Dmaven.test.skip=true -pl"
                        + " images/trainer -am package -Dimage.tar=%s/trainer.tar -Dtorch=cu124".formatted(folder));
    }

    @Test
    void an_image_that_there_is_not_is_refused() throws Exception {
        sandbox.maven();
        sandbox.jdk("new", "25");

        Run run = sandbox.run("image", "build", "dashboard");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo("isogloss: there is no image or option dashboard; say: isogloss image build [--tar FILE]"
                        + " trainer|operator [MAVEN OPTIONS]\n");
        assertThat(sandbox.builds()).isEmpty();
    }
}
