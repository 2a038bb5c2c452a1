package io.github.lesionj.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema by which exports are judged refuses what QuPath would not read. */
class JsonSchemaTest {

    private static final String RIGHT = "{'type':'FeatureCollection','features':[{'type':'Feature','geometry':{'type':'Polygon','coordinates':"
        + "[[[0,0],[4,0],[4,3],[0,3],[0,0]]],'plane':{'c':-1,'z':0,'t':0}},'properties':{'objectType':'detection','name':'a 0.50',"
        + "'classification':{'name':'a','color':[1,2,3]},'measurements':{'score':0.5}}}]}";

    @Test
    void takesWhatIsRight() throws IOException {
        assertEquals(List.of(), JsonSchema.ofQuPath().problems(JsonParser.parseString(RIGHT)));
        assertEquals(List.of(), JsonSchema.ofQuPath().problems(JsonParser.parseString("{'type':'FeatureCollection','features':[]}")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"FeatureCollection|Features", "'Feature'|'feature'", "'Polygon'|'Box'",
        "[0,0],[4,0],[4,3],[0,3],[0,0]|[0,0],[4,0],[0,0]", "[4,3]|[4]", "[4,3]|[4,3,1]", "[4,3]|['4',3]", "[4,3]|[-4,3]", "'c':-1|'c':-2", "'z':0|'z':0.5", ",'t':0|``",
        "'detection'|'box'", "'objectType'|'object_type'", "'name':'a'|'name':''", "[1,2,3]|[1,2]", "[1,2,3]|[1,2,256]", "[1,2,3]|7",
        "{'score':0.5}|{'score':'0.5'}", "{'score':0.5}|[{'name':'score','value':0.5}]", "'name':'a 0.50'|'label':'a 0.50'"})
    void refusesWhatIsWrong(String right, String wrong) throws IOException {
        String changed = RIGHT.replace(right, wrong);
        assertFalse(changed.equals(RIGHT), right);
        assertFalse(JsonSchema.ofQuPath().problems(JsonParser.parseString(changed)).isEmpty(), changed);
    }
}
