package dev.sluice.lab.namespaces;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** A file that names a process with its start time, so that a reused process id never matches. */
public record ProcessFile(Path file) {
    /** Writes the process into the file. */
    public void write(long pid) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, pid + " " + born(pid).orElse("gone") + "\n");
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Returns the process id while that process is alive. */
    public Optional<Long> livePid() throws IOException {
        try {
            String[] words = Files.readString(file).strip().split(" ", -1);
            if (words.length != 2) {
                return Optional.empty();
            }
            long pid = Long.parseLong(words[0]);
            return born(pid).filter(words[1]::equals).map(same -> pid);
        } catch (NoSuchFileException failure) {
            return Optional.empty();
        }
    }

    /** Kills the process if it is alive, and returns when it has ended. */
    public void kill() throws IOException {
        Optional<Long> pid = livePid();
        if (pid.isEmpty()) {
            return;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(pid.get());
        process.ifPresent(ProcessHandle::destroyForcibly);
        for (int tries = 0; tries < 500 && livePid().isPresent(); tries++) {
            pause();
        }
        if (livePid().isPresent()) {
            throw new IOException(
                    "Process %s of %s still lives 5 s after SIGKILL.".formatted(pid.get(), file.getFileName()));
        }
    }

    // A zombie counts as ended: only its parent has not reaped it.
    private static Optional<String> born(long pid) {
        try {
            String line = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            return fields[0].equals("Z") ? Optional.empty() : Optional.of(fields[19]);
        } catch (IOException failure) {
            return Optional.empty();
        }
    }

    static void pause() throws IOException {
        try {
            Thread.sleep(10);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for a process of the lab.", interrupted);
        }
    }
}
