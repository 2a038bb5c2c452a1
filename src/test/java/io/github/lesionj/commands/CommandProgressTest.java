package io.github.lesionj.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandProgressTest {

    @ParameterizedTest
    @CsvSource({"0,10,60,''", "1,10,1,''", "10,10,60,''", "5,10,10,' (10 s left)'", "1,4,60,' (3 min left)'",
        "1,101,60,' (1 h 40 min left)'", "99,100,50,' (1 s left)'"})
    void remainingTimeInWords(long done, long total, long seconds, String words) {
        assertEquals(words, CommandProgress.remaining(done, total, TimeUnit.SECONDS.toNanos(seconds)));
    }
}
