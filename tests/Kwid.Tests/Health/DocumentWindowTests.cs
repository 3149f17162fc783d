using Kwid.Core.Health;

namespace Kwid.Tests.Health;

public class DocumentWindowTests
{
    [Fact]
    public void Documents_overlap_by_guid_permalink_or_title()
    {
        var window = new DocumentWindow(DocumentWindow.Of([Make.Entry("https://upstream.example/1", "One"), Make.Entry("https://upstream.example/2", "Two")]));

        Assert.True(window.Overlaps([Make.Entry("https://upstream.example/1", "Otherwise")]));
        Assert.True(window.Overlaps([Make.Entry("x-2", "Two")]));
        Assert.True(window.Overlaps([Make.Entry("x-2", "Three") with { Permalink = new Uri("https://upstream.example/2") }]));
        Assert.False(window.Overlaps([Make.Entry("https://upstream.example/3", "Three")]));
    }

    [Fact]
    public void A_title_that_several_entries_share_names_none_of_them()
    {
        var window = new DocumentWindow(DocumentWindow.Of([Make.Entry("a", "Security update"), Make.Entry("b", "Security update")]));

        Assert.False(window.Repeats(Make.Entry("c", "Security update")));
    }

    [Fact]
    public void Of_a_document_that_was_read_in_part_what_was_known_stays_known()
    {
        var former = DocumentWindow.Of([Make.Entry("a", "A"), Make.Entry("b", "B")]);

        var window = new DocumentWindow(DocumentWindow.Of([Make.Entry("c", "C")], former));

        Assert.All(["a", "b", "c"], guid => Assert.True(window.HasGuid(Make.Entry(guid))));
    }

    [Fact]
    public void It_is_bounded()
    {
        var former = DocumentWindow.Of([.. Enumerable.Range(0, 2_000).Select(number => Make.Entry($"old-{number}"))]);
        var marks = DocumentWindow.Of([.. Enumerable.Range(0, 300).Select(number => Make.Entry($"new-{number}"))], former);

        Assert.Equal(DocumentWindow.MostEntries * 12, former.Length);
        Assert.Equal(DocumentWindow.MostEntries * 12, marks.Length);
        Assert.True(new DocumentWindow(marks).HasGuid(Make.Entry("new-299")));
    }
}
