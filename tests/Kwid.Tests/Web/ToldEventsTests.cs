using Kwid.Web;
using Kwid.Web.Operator;

namespace Kwid.Tests.Web;

public class ToldEventsTests
{
    private static readonly DateTimeOffset Now = Make.Instant("2026-11-23T12:00Z");
    private static readonly OperatorEvent Held = new("wartend/wid", Now.AddHours(-1), Now.AddHours(-1), "WARTET", "WID", "40 neue Einträge warten", Html.Empty);
    private static readonly OperatorEvent Over = new("stoerung/wid", Now.AddHours(-3), Now.AddHours(-2), "BEHOBEN", "WID", "nicht erreichbar", Html.Empty) { End = Now.AddHours(-2) };

    private readonly ToldEvents _told = new();

    [Fact]
    public void What_was_told_and_goes_without_an_end_is_settled_once()
    {
        _told.Complete([Held, Over], Now);

        var settled = Assert.Single(_told.Complete([], Now.AddMinutes(1)));
        var later = Assert.Single(_told.Complete([], Now.AddMinutes(2)));

        Assert.Equal((Held.Id, "ERLEDIGT", Now.AddMinutes(1), Now.AddMinutes(1)), (settled.Id, settled.Mark, settled.Updated, settled.End));
        Assert.Equal(settled, later);
    }

    [Fact]
    public void One_that_is_back_is_told_once_as_it_is()
    {
        _told.Complete([Held], Now);
        _told.Complete([], Now.AddMinutes(1));

        Assert.Equal(Held, Assert.Single(_told.Complete([Held], Now.AddMinutes(2))));
    }

    [Fact]
    public void What_nobody_was_told_is_not_settled() => Assert.Empty(_told.Complete([], Now));
}
