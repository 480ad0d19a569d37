package dev.isogloss.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `docs/reference/commands.md` and the commands' own help speak of the same commands and options.
class CommandsPageTest {
    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]+");

    private final CommandSpec program = Isogloss.commandLine(CliEnvironment.ofThisProcess(() -> {
                throw new AssertionError("nothing is run");
            }))
            .getCommandSpec();
    private final String page = page();

    private static String page() {
        try {
            return Files.readString(Path.of("../docs/reference/commands.md"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Stream<CommandSpec> all(CommandSpec command) {
        return Stream.concat(
                Stream.of(command), command.subcommands().values().stream().flatMap(sub -> all(sub.getCommandSpec())));
    }

    private static Set<String> options(CommandSpec command) {
        return all(command)
                .flatMap(each -> each.options().stream())
                .filter(option -> !option.hidden())
                .map(OptionSpec::longestName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void every_command_has_its_place_on_the_page() {
        List<String> commands = program.subcommands().values().stream()
                .map(sub -> sub.getCommandSpec().name())
                .distinct()
                .toList();

        assertThat(commands).allSatisfy(name -> assertThat(page).containsPattern("(?m)^## .*\\b" + name + "\\b"));
    }

    @Test
    void the_page_names_every_option_and_no_other() {
        String ofTheProgram = page.substring(0, page.indexOf("## Commands of the launcher"));
        Set<String> named = OPTION.matcher(ofTheProgram)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).isEqualTo(options(program));
    }
}
