package dev.isogloss.api.data;

import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// The place of files: exactly one of `uri`, `claim` and `generated`; `path` may hold `{language}` and `{split}`.
@ValidationRule(
        value = "[has(self.uri), has(self.claim), has(self.generated)].filter(given, given).size() == 1",
        message = "say where the files lie by exactly one of uri, claim and generated")
@ValidationRule(
        value = "!has(self.path) || has(self.claim)",
        message = "path goes with claim; a uri holds its path itself",
        fieldPath = ".path")
@ValidationRule(
        value = "[has(self.path) ? self.path : '', has(self.uri) ? self.uri : ''].all(text, text.matches('"
                + Form.PLACEHOLDERS + "'))",
        message = "write {language} or {split} in path and uri; there are no other placeholders, and no other braces")
public record Location(
        @Matches(Form.Uri)
        @Meaning("Address of the files: hf://org/name@revision (encoders), s3://bucket/path, or file:///... on a "
                + "laptop. May hold {language} and {split}.")
        @Nullable
        String uri,

        @Matches(Form.DnsLabel)
        @Meaning("Name of a PersistentVolumeClaim in the experiment's namespace; on a laptop, --claim NAME=FOLDER "
                + "says which folder it stands for.")
        @Nullable
        String claim,

        @Matches(Form.RelativePath)
        @Meaning("Path inside the claim, without leading slash; may hold {language} and {split}. Without it: the "
                + "claim's root.")
        @Nullable
        String path,

        @Meaning("Generate the invented languages of the quickstart instead of reading files; {} takes every default.")
        @Nullable
        Generated generated) {}
