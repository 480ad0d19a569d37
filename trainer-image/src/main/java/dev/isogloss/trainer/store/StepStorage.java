package dev.isogloss.trainer.store;

import dev.isogloss.plan.step.StepKey;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// Storage of a [Store]'s steps. Steps work in folders of this machine; where these are the store, nothing has to be
/// copied, and with a bucket everything has to. The contract is one for both:
///
/// - a step is there once its `result.json` is, and that is written last, whole, and by one writer only;
/// - what a finished step left never changes, but for being replaced as a whole when a user has it computed again;
/// - names are relative to the step, with forward slashes: `model/config.json`.
public interface StepStorage {

    /// Its address in messages: a folder, or `s3://bucket/prefix`.
    String address();

    /// The address of one of its files in messages.
    String address(StepKey key, String name);

    /// Every step that was begun, finished or not, in the order of the keys.
    List<StepKey> keys() throws IOException;

    /// Every finished step, the newest first, told without reading one by one.
    List<StoreEntry.Finished> finished() throws IOException;

    /// How many small files can be read for a question that a user waits at: where each is a request, not any number.
    int affordableReads();

    /// `step.json`, `result.json` or `files.json`.
    Optional<byte[]> read(StepKey key, String name) throws IOException;

    /// Size and SHA-256 of a finished step's file as it is now, read again.
    Optional<StoredFile> reread(StepKey key, String name) throws IOException;

    boolean hasCheckpoint(StepKey key) throws IOException;

    /// @param bytes  of everything that is there of a step
    /// @param newest when something of it was last written; the epoch if nothing is there
    record Usage(long bytes, Instant newest) {}

    Usage usage(StepKey key) throws IOException;

    /// Brings what earlier attempts left into `folder`, which holds `step.json`, and makes known that the step is
    /// begun. What it reads from now on is what counts now.
    void begin(StepFolder folder) throws IOException;

    /// Keeps the step's state, of which a checkpoint was just written, so that another machine can go on from it.
    ///
    /// @return what to tell the user if that failed, and may work next time
    Optional<String> keepCheckpoint(StepFolder folder) throws IOException;

    /// Commits a step, unless that is done already; then drops its checkpoint.
    ///
    /// @param files  what the step left in `folder`
    /// @param result the content of `result.json`
    /// @return the result that counts instead, if another process was quicker
    Optional<byte[]> publish(StepFolder folder, SortedMap<String, StoredFile> files, byte[] result) throws IOException;

    /// Puts what was made of a finished step again in the place of what is there, in one stroke: whoever reads the step
    /// finds the one or the other, whole, wherever this is stopped.
    ///
    /// @param made   a folder of this machine, which is taken away
    /// @param files  what the step left there
    /// @param result the content of `result.json`
    void replace(StepFolder made, SortedMap<String, StoredFile> files, byte[] result) throws IOException;

    /// Removes what was made of a finished step again and is the same.
    void discard(StepFolder made) throws IOException;

    /// What computing finished steps again has left, or needs now, elsewhere than in the folders that steps work in.
    List<Leftover> leftovers() throws IOException;

    /// Removes that.
    void remove(Leftover leftover) throws IOException;

    StaleMarks marks();

    /// Called once a step is locked: what a process that was killed while it replaced the step has moved is brought
    /// back.
    void recover(StepKey key) throws IOException;

    /// Brings a file of a finished step, or a folder of files, to where `folder` should have it.
    void fetch(StepFolder folder, String name) throws IOException;

    /// Removes a step, its result first.
    void remove(StepKey key) throws IOException;

    IdentityRecords identities();

    /// Encoders of a hub that are kept for all steps.
    EncoderCopies encoders();
}
