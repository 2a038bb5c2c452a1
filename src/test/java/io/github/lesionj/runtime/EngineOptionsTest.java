package io.github.lesionj.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.network.SessionSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineOptionsTest {

    @AfterEach
    void clear() {
        for (String name : new String[] {"natives", "threads", "onednn"}) {
            System.clearProperty("lesionj." + name);
        }
    }

    @Test
    void propertiesDecide() {
        System.setProperty("lesionj.natives", "/data/natives");
        System.setProperty("lesionj.threads", "3");
        System.setProperty("lesionj.onednn", "ON");
        assertEquals(new EngineOptions(Path.of("/data/natives"), 3, "on"), EngineOptions.ofProcess());
    }

    @ParameterizedTest
    @CsvSource({"threads,many", "threads,-1", "threads,2.5", "threads,99999", "onednn,maybe"})
    void whatIsNotUnderstoodIsWrongUse(String name, String value) {
        System.setProperty("lesionj." + name, value);
        UsageException error = assertThrows(UsageException.class, EngineOptions::ofProcess);
        assertTrue(error.getMessage().contains(value), error.getMessage());
    }

    @Test
    void threadsStandInTheSession() {
        assertEquals(3, new SessionSettings(-1, 3).toProto().getIntraOpParallelismThreads());
        assertEquals(0, new SessionSettings(-1, 3).toProto().getDeviceCountOrThrow("GPU"));
    }
}
