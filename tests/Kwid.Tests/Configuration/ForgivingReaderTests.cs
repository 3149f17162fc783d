using System.Text.Json;
using Kwid.Configuration;
using Kwid.Configuration.Json;

namespace Kwid.Tests.Configuration;

public class ForgivingReaderTests
{
    [Fact]
    public void Values_know_line_column_and_path()
    {
        var root = Read("{\n  // a comment, with commas\n  \"sources\": [\n\t{ \"id\": \"a\" },\n    { \"url\": /* here */ 'x' },\n  ],\n}", out _);

        var url = root.Find("sources")!.Items[1].Find("url")!;

        Assert.Equal((5, 25, "sources[1].url"), (url.Place.Line, url.Place.Column, url.Path));
        Assert.Equal((4, 2), (root.Find("sources")!.Items[0].Place.Line, root.Find("sources")!.Items[0].Place.Column));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"a":[1,-2.5e+10,0,true,false,null,"x"],"b":{"c":{}}}""")]
    [InlineData("""["\"\\\/\b\f\n\r\t\u00e4\uD83D\uDE00 ä 😀"]""")]
    [InlineData("""  { "leer": "" , "k.e y": [ [ [ ] ] ] }  """)]
    [InlineData("{ \"a\": 1, // note\n \"b\": [2, /* , */ 3,], }")]
    public void What_is_valid_is_read_as_System_Text_Json_does(string text)
    {
        var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
        using var expected = JsonDocument.Parse(text, options);

        var root = Read(text, out var mistakes);

        Assert.Empty(mistakes);
        AssertSame(expected.RootElement, root);
    }

    [Theory]
    [InlineData("{\n \"a\": 1\n \"b\": 2 }", 3, 2)]                     // no comma between members
    [InlineData("[\n 1\n 2]", 3, 2)]                                   // nor between items
    [InlineData("{ \"a\" 1 }", 1, 7)]                                  // no colon
    [InlineData("{ \"a\" = 1 }", 1, 7)]
    [InlineData("{ a: 1 }", 1, 3)]                                     // no quotes
    [InlineData("{ \"a\": yes }", 1, 8)]
    [InlineData("{ \"a\": 05 }", 1, 8)]
    [InlineData("{ 'a': 1 }", 1, 3)]
    [InlineData("{ \"a\": 1,, \"b\": 2 }", 1, 10)]
    [InlineData("{ \"a\": }", 1, 8)]
    [InlineData("{ \"a\": [1, 2 }", 1, 14)]                            // closed by the wrong bracket
    [InlineData("{ \"a\": 1 ]", 1, 10)]
    [InlineData("{ \"a\": 1", 1, 9)]                                   // not closed
    [InlineData("{ \"a\": \"x\n}", 1, 8)]
    [InlineData("{ \"a\": \"c:\\data\" }", 1, 11)]                     // a Windows path
    [InlineData("{ \"a\": 1 } x", 1, 12)]
    [InlineData("# note\n{ }", 1, 1)]
    [InlineData("{ /* note", 1, 3)]
    [InlineData("", 1, 1)]
    public void A_fault_is_told_once_and_at_its_place(string text, int line, int column)
    {
        Read(text, out var mistakes);

        var mistake = Assert.Single(mistakes);
        Assert.Equal((Codes.Syntax, line, column), (mistake.Code, mistake.Line, mistake.Column));
    }

    [Fact]
    public void Reading_goes_on_behind_each_fault()
    {
        var root = Read("{\n \"a\": 1\n \"b\": yes,\n c: 3,\n \"d\": \"open,\n \"e\": 5\n}", out var mistakes);

        Assert.Equal([3, 4, 5], mistakes.Select(mistake => mistake.Line));
        Assert.Equal(["a", "b", "c", "d", "e"], root.Members.Select(member => member.Key));
        Assert.Equal("5", root.Find("e")!.Text);
    }

    [Fact]
    public void A_missing_comma_names_what_it_should_stand_before_and_where_it_belongs()
    {
        Read("{ \"a\": 1\n  \"b\": 2 }", out var mistakes);

        Assert.Equal("x.json:2:3: $: found \"b\" without a comma before it; do write \",\" at 1:9, behind the value", mistakes.Single().ToString());
    }

    [Fact]
    public void The_same_key_twice_is_a_mistake_at_the_second()
    {
        Read("{ \"a\": 1,\n \"a\": 2 }", out var mistakes);

        Assert.Equal((Codes.DuplicateKey, 2, 2), (mistakes.Single().Code, mistakes.Single().Line, mistakes.Single().Column));
    }

    [Fact]
    public void A_file_of_nothing_but_faults_comes_to_an_end()
    {
        Read("{\n" + string.Concat(Enumerable.Repeat("] : ,\n", 2000)), out var mistakes);

        Assert.Contains(mistakes, mistake => mistake.Code == Codes.TooManySyntaxMistakes);
        Assert.InRange(mistakes.Count, 2, 30);
    }

    [Fact]
    public void Brackets_without_end_do_not_exhaust_the_stack()
    {
        Read(new string('[', 100_000), out var mistakes);

        Assert.Contains("nest less deeply", Assert.Single(mistakes).Cure, StringComparison.Ordinal);
    }

    /// <summary>The strict reader is the judge: whatever one slip of the hand makes of a file, both agree whether it is JSON.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData(":")]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("[")]
    [InlineData("]")]
    [InlineData("\"")]
    [InlineData("'")]
    [InlineData("\\")]
    [InlineData("/")]
    [InlineData("\n")]
    [InlineData("\u00A0")]
    [InlineData("0")]
    [InlineData("x")]
    public void One_slip_anywhere_is_found_exactly_when_it_matters(string slip)
    {
        const string Text = "{ // note\n \"a\": [1, -2.5, true, null,],\n \"b\": { \"c\": \"x\\ty\" /* n */ }, \"d\": \"\" }";

        for (var at = 0; at < Text.Length; at++)
        {
            AssertBothAgree(Text[..at] + slip + Text[at..]);
            AssertBothAgree(Text[..at] + slip + Text[(at + 1)..]);
        }
    }

    private static void AssertBothAgree(string text)
    {
        var valid = true;
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        }
        catch (JsonException)
        {
            valid = false;
        }

        Read(text, out var mistakes);

        Assert.True(valid == mistakes.All(mistake => mistake.Code == Codes.DuplicateKey), $"{(valid ? "valid" : "not valid")}, but found {string.Join("; ", mistakes)}: {text}");
    }

    private static Node Read(string text, out IReadOnlyList<ConfigurationMistake> mistakes)
    {
        var findings = new Findings();
        var root = ForgivingReader.Read("x.json", text, findings);
        mistakes = findings.Mistakes;
        return root;
    }

    private static void AssertSame(JsonElement expected, Node actual)
    {
        if (actual.Kind is NodeKind.Object)
        {
            Assert.Equal(expected.EnumerateObject().Select(member => member.Name), actual.Members.Select(member => member.Key));
            foreach (var member in actual.Members) AssertSame(expected.GetProperty(member.Key), member.Value);
        }
        else if (actual.Kind is NodeKind.Array)
        {
            Assert.Equal(expected.GetArrayLength(), actual.Items.Count);
            foreach (var (index, item) in actual.Items.Index()) AssertSame(expected[index], item);
        }
        else if (actual.Kind is NodeKind.Text) Assert.Equal(expected.GetString(), actual.Text);
        else Assert.Equal(expected.GetRawText(), actual.Text);
    }
}
